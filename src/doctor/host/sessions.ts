/**
 * The processes of one MicroSIP program whose settings we look after. A portable copy has one ini for everybody. An
 * installed one has an ini for each user, so what another user runs on the same computer, in another Windows session, is
 * of no matter: it neither writes our ini nor can we exit it.
 * @param sessionOf undefined where Windows does not tell
 */
export function concerned(
  pids: readonly number[],
  mode: 'installed' | 'portable',
  ownSession: number | undefined,
  sessionOf: (pid: number) => number | undefined,
): number[] {
  if (mode === 'portable') return [...pids];
  return pids.filter((pid) => {
    const session = sessionOf(pid);
    return session === undefined || session === ownSession;
  });
}
