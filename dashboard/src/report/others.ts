/** What other projects publish of the same case: their own figures on their own hardware. docs/benchmark.md says more. */

interface Other {
  name: string;
  users?: number;
  storedPerSecond: number;
  percentile: string;
  machine: (cores: (n: string) => string) => string;
}

export const OTHERS: Other[] = [
  {
    name: 'URECA-Ace',
    users: 20_000,
    storedPerSecond: 2085,
    percentile: '846 ms',
    machine: (cores) => cores('10'),
  },
  {
    name: 'URECA-Ace',
    users: 10_000,
    storedPerSecond: 3080,
    percentile: '610 ms',
    machine: (cores) => cores('10'),
  },
  {
    name: 'URECA-Ace',
    users: 20_000,
    storedPerSecond: 1007,
    percentile: '1.37 s',
    machine: () => '3 × 2 vCPU',
  },
  {
    name: 'devFancy',
    storedPerSecond: 2500,
    percentile: 'p95 5.97 s',
    machine: () => '12 vCPU',
  },
  {
    name: 'PetCare',
    users: 10_000,
    storedPerSecond: 45,
    percentile: '16.9 s',
    machine: () => '8 vCPU',
  },
];
