import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgentProgram } from '../../support/agent-cli';
import { eventually } from '../../support/eventually';
import { startMosquitto, useMosquitto, type Mosquitto } from '../../support/mosquitto';
import { MqttPeer } from '../../support/mqtt-peer';

/** Each in another place; nobody may read them anywhere else. */
const PLAIN = 'plain-s3cret';
const VARIABLE = 'variable-s3cret';
const FILE = 'file-s3cret "ä';
const WRONG = 'wrong-s3cret';

describe('what microsip-agent says', () => {
  const program = new AgentProgram();
  const env = { AGENT_SECRET: VARIABLE };
  let mosquitto: Mosquitto;

  useMosquitto();
  before(async () => {
    mosquitto = await startMosquitto({ users: { one: PLAIN, two: VARIABLE, three: FILE, watcher: 'watcher' } });
  });
  after(() => mosquitto.stop());
  afterEach(() => MqttPeer.endAll());

  const file = (password = PLAIN): string => {
    program.file(`${FILE}\r\n`, 'password.txt');
    const phone = { connection: 'simulator' };
    return program.file({
      broker: { url: mosquitto.url, username: 'one', password },
      homeAssistant: true,
      phones: [
        { id: 'desk-1', phone },
        { id: 'desk-2', username: 'two', password: '${AGENT_SECRET}', phone },
        { id: 'desk-3', username: 'three', password: '${file:password.txt}', phone },
      ],
    });
  };
  const run = (...args: string[]): Promise<number> => program.run(args, { env });
  /** Nothing that it has printed or left on disk has a secret in it, but the files that have to. */
  const requireSilence = (...more: string[]): void => {
    const left = readdirSync(program.folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && !['agent.json', 'password.txt'].includes(entry.name))
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const all = [program.output, ...left, ...more].join('\n');
    assert.ok(all.length > 100);
    for (const secret of [PLAIN, VARIABLE, FILE, WRONG])
      for (const spelling of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        assert.ok(!all.includes(spelling), all);
  };
  const stopped = async (exitCode: Promise<number>): Promise<void> => {
    await eventually(() => (program.signals.listenerCount('SIGTERM') > 0 ? true : undefined));
    program.signals.emit('SIGTERM');
    assert.equal(await exitCode, 0);
  };

  it('is no secret while all is well, neither on disk nor at the broker', async () => {
    const running = run('--config', file(), '--log-level', 'debug', '--log-file', join(program.folder, 'agent.log'));
    const watcher = await MqttPeer.connect(mosquitto.url, { username: 'watcher', password: 'watcher' });
    await watcher.subscribe('#');
    for (const phone of ['desk-1', 'desk-2', 'desk-3'])
      await watcher.next(`microsip/${phone}/availability`, ({ text }) => text === 'online');
    for (const args of [['status'], ['--check'], ['--check', '--json'], ['install', '--dry-run']])
      await run(...args, '--config', join(program.folder, 'agent.json'));
    assert.equal(await run('--config', join(program.folder, 'agent.json')), 7, 'a second one refuses to start');
    await stopped(running);
    requireSilence(...watcher.received.map(({ text }) => text));
  });

  it('is no secret when the broker refuses', async () => {
    const config = file(WRONG);
    const running = run('--config', config, '--log-level', 'debug', '--log-format', 'text');
    await eventually(() => (/bad_credentials|not_authorised/.test(program.output) ? true : undefined));
    for (const args of [['--check'], ['--check', '--json'], ['--forget', 'gone'], ['status']])
      assert.equal(await run(...args, '--config', config), 4);
    await stopped(running);
    requireSilence();
  });

  it('is no secret when the file is wrong', async () => {
    const good = readFileSync(file(), 'utf8');
    const wrong = [
      good.replace(`"${PLAIN}"`, PLAIN),
      good.replace(`"${PLAIN}"`, `{"x": "${PLAIN}"}`),
      good.replace('mqtt://', `mqtt://one:${PLAIN}@`),
      good.replace('mqtt://', `one:${PLAIN}@`),
      good.replace('"desk-1"', `"${PLAIN} /"`),
      good.replace('"simulator"', `"${PLAIN}"`),
      good.replace('"simulator"', `"simulator", "deny": ["(${PLAIN}"]`),
      good.replace('"simulator"', `"simulator", "region": "${PLAIN}"`),
      good.replace('"simulator"', '"simulator", "timeout": "${AGENT_SECRET}"'),
      good.replace('"simulator"', '"${AGENT_SECRET}"'),
      good.replace(`"${mosquitto.url}"`, '"${AGENT_SECRET}"'),
    ];
    for (const text of wrong)
      for (const args of [[], ['--json', '--check']])
        assert.equal(await run(...args, '--config', program.file(text)), 2, text);
    requireSilence();
  });
});
