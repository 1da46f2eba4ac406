package io.sunchak.chaos.architecture.broken.chaos.faults;

import io.sunchak.chaos.architecture.broken.chaos.schedule.ScheduleOfFaults;

/** With the schedule that needs it, a cycle. */
public record FaultOfASchedule(ScheduleOfFaults schedule) {}
