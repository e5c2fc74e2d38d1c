import { windowsPath } from '../windows-node.mjs';

export const AGENT_EXE_SPEC = 'test/windows/programs/agent-exe.spec.ts';

/**
 * The environment of specs that run `microsip-agent.exe`.
 * @param {readonly string[]} specs what is run
 * @returns {Promise<Record<string, string>>}
 */
export async function agentExeFor(specs) {
  if (!specs.includes(AGENT_EXE_SPEC)) return {};
  const { makeAgentExe } = await import('./make.mjs');
  const { exe } = await makeAgentExe();
  return { AGENT_EXE: windowsPath(exe) };
}
