// The thresholds a check runs with: its defaults, with the target's own over them.
import type { Check, Thresholds } from '../kernel/check.ts';

export function thresholdsOf(check: Check, own: Thresholds | undefined): Thresholds {
  const defaults = Object.entries(check.thresholds).map(([name, spec]) => [name, spec.default]);
  return { ...Object.fromEntries(defaults), ...own };
}
