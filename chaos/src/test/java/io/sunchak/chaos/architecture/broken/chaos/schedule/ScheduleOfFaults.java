package io.sunchak.chaos.architecture.broken.chaos.schedule;

import io.sunchak.chaos.architecture.broken.chaos.faults.FaultOfASchedule;

/** A schedule that would depend on what struck. */
public record ScheduleOfFaults(FaultOfASchedule fault) {}
