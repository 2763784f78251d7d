/**
 * @param {readonly number[]} values in any order
 * @param {number} share 0.5 for the median, 0.95, 0.99
 * @returns {number} the smallest value that this share of all does not exceed; NaN of none
 */
export function quantile(values, share) {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
