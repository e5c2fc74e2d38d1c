import { windowsPath } from '../windows-node.mjs';

const SPEC = 'test/windows/programs/agent-exe.spec.ts';

/**
 * What the spec that runs `microsip-agent.exe` finds in its environment: the exe, made of what is built, and a broker.
 * @param {readonly string[]} specs what is run
 * @returns {Promise<Record<string, string>>}
 */
export async function agentExeFor(specs) {
  if (!specs.includes(SPEC)) return {};
  const [{ makeAgentExe }, { startMosquitto }] = await Promise.all([import('./make.mjs'), import('./mosquitto.mjs')]);
  const [{ exe }, broker] = await Promise.all([makeAgentExe(), startMosquitto()]);
  return { AGENT_EXE: windowsPath(exe), ...(broker !== undefined && { MQTT_URL: broker }) };
}
