-- Every node asks once a second which numbers were discarded of late, so that their users hear it at each of them.
CREATE INDEX failure_discarded ON failure (last_at) WHERE state = 'DISCARDED';
