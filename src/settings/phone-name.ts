/** What messages call the phone. */
export function phoneName(name: unknown): string {
  return (typeof name === 'string' && name.trim()) || 'MicroSIP';
}
