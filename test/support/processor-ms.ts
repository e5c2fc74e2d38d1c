/**
 * How long (ms) this process has had a processor: what takes this much time takes it however busy the computer is with
 * something else.
 */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
