/**
 * When something was done: `405 s, 0:41–7:26`. All times in ms.
 * @param {number} zero what the minutes are counted from
 * @param {number} began
 * @param {number} ended
 */
export function period(zero, began, ended) {
  return `${Math.round((ended - began) / 1000)} s, ${minutes(began - zero)}–${minutes(ended - zero)}`;
}

/** @param {number} ms */
function minutes(ms) {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
