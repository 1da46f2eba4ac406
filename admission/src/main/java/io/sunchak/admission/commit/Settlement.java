package io.sunchak.admission.commit;

import java.util.List;

/**
 * What became of a group.
 *
 * @param outcomes one for each request, in order
 * @param afterwards run when the next group is on its way, before the requests are answered
 */
public record Settlement<O>(List<O> outcomes, Runnable afterwards) {}
