// Figures about samples: few, and those that a single bad sample does not decide.

/** The middle sample, or the mean of the middle two. @throws where there is none. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sampleAt(sorted, Math.floor(middle)) + sampleAt(sorted, Math.ceil(middle))) / 2;
}

/** The smallest sample that is not below `percent` of all (nearest rank). */
export function percentile(samples: readonly number[], percent: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sampleAt(sorted, Math.max(1, Math.ceil((percent / 100) * sorted.length)) - 1);
}

function sampleAt(sorted: readonly number[], index: number): number {
  const found = sorted[index];
  if (found === undefined) throw new Error('no samples');
  return found;
}

/** Rounded for reading: three significant digits, no exponent. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}
