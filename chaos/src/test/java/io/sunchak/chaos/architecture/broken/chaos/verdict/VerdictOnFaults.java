package io.sunchak.chaos.architecture.broken.chaos.verdict;

import io.sunchak.chaos.architecture.broken.chaos.faults.FaultOfASchedule;

/** A verdict that asks how it was made. */
public record VerdictOnFaults(FaultOfASchedule fault) {}
