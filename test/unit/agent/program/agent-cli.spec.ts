import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PhoneInUseError, type AgentEnd, type RunningAgent } from '../../../../src/agent/running-agent';
import { AgentProgram } from '../../../support/agent-cli';
import { eventually } from '../../../support/eventually';

const SECRET = 'hunter2-hunter2';
const CONFIG = {
  broker: { url: 'mqtt://127.0.0.1:1', username: 'ada', password: SECRET },
  phones: [{ id: 'desk-1', phone: { connection: 'simulator' } }],
};

describe('microsip-agent', () => {
  const program = new AgentProgram();
  const events = (): unknown[] => program.log.map((line) => (JSON.parse(line) as { event: unknown }).event);

  afterEach(() => {
    assert.ok(!program.output.includes(SECRET), program.output);
  });

  it('prints its usage and its version', async () => {
    assert.equal(await program.run(['--help']), 0);
    assert.match(program.lines.join(), /--config <path>/);
    assert.equal(await program.run(['--version']), 0);
    assert.equal(program.lines.at(-1), '1.2.3');
  });

  const wrong = [
    ['--bogus'],
    ['--password=x'],
    ['start'],
    ['run', 'twice'],
    ['run', '--check'],
    ['--check', '--forget', 'a'],
    ['--log-level', 'loud'],
    ['--log-format', 'xml'],
    ['--config'],
    [],
    ['--check'],
    ['--forget', 'all', '--config', 'x'],
    ['--forget', '', '--config', 'x'],
  ];
  for (const args of wrong)
    it(`refuses the command line "${args.join(' ')}"`, async () => {
      assert.equal(await program.run([...args, '--json']), 2);
      const { ok, exitCode, error } = program.json();
      assert.deepEqual([ok, exitCode, (error as { code: string }).code], [false, 2, 'usage']);
    });

  it('tells what is wrong with its file', async () => {
    const config = program.file({ ...CONFIG, base: '#', brokers: SECRET });
    assert.equal(await program.run(['--config', config]), 2);
    assert.match(program.lines.join('\n'), /brokers: .*\n.*base: /);
    program.lines = [];
    assert.equal(await program.run(['--check', '--json', '--config', config]), 2);
    const { error } = program.json() as { error: { code: string; problems: { path: string }[] } };
    assert.equal(error.code, 'config');
    assert.deepEqual(error.problems.map(({ path }) => path).sort(), ['base', 'brokers']);
  });

  it('writes into its log, too, what is wrong with its file: a task has nothing else to tell by', async () => {
    const path = join(program.folder, 'agent.log');
    assert.equal(await program.run(['--config', program.file({ ...CONFIG, brokers: 1 }), '--log-file', path]), 2);
    const { event, message } = JSON.parse(readFileSync(path, 'utf8')) as { event: string; message: string };
    assert.equal(event, 'config');
    assert.match(message, /^brokers: /);
  });

  it('finds its file, its level and its log by the environment, too', async () => {
    const env = {
      MICROSIP_AGENT_CONFIG: program.file(CONFIG),
      MICROSIP_AGENT_LOG_FORMAT: 'text',
      MICROSIP_AGENT_LOG_LEVEL: 'error',
      MICROSIP_AGENT_LOG_FILE: program.folder,
    };
    assert.equal(await program.run([], { env }), 2);
    assert.match(program.lines.join(), /--log-file/);
  });

  describe('runs until', () => {
    const agent = (ended: Promise<AgentEnd>, stop = (): Promise<void> => Promise.resolve()): RunningAgent => ({
      ended,
      stop,
    });
    const forever = new Promise<AgentEnd>(() => undefined);
    const run = (...more: string[]): Promise<number> => program.run(['--config', program.file(CONFIG), ...more]);

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'])
      it(`${signal}, and stops the agent`, async () => {
        let stopped = 0;
        program.start = () =>
          Promise.resolve(
            agent(forever, () => {
              stopped += 1;
              return Promise.resolve();
            }),
          );
        const code = run();
        await eventually(() => (program.signals.listenerCount(signal) > 0 ? true : undefined));
        program.signals.emit(signal);
        assert.deepEqual([await code, stopped], [0, 1]);
        assert.equal(program.signals.listenerCount(signal), 0);
        assert.deepEqual(events(), ['starting', 'stopping', 'stopped']);
      });

    it('a signal that comes while it is starting', async () => {
      let ready: (agent: RunningAgent) => void = () => undefined;
      let stopped = 0;
      program.start = () => new Promise((resolve) => (ready = resolve));
      const code = run();
      await eventually(() => (program.signals.listenerCount('SIGTERM') > 0 ? true : undefined));
      program.signals.emit('SIGTERM');
      ready(agent(forever, () => ((stopped += 1), Promise.resolve())));
      assert.deepEqual([await code, stopped], [0, 1]);
    });

    it('a second signal, without waiting any longer', async () => {
      program.start = () => Promise.resolve(agent(forever, () => new Promise(() => undefined)));
      const code = run();
      await eventually(() => (program.signals.listenerCount('SIGINT') > 0 ? true : undefined));
      program.signals.emit('SIGINT');
      program.signals.emit('SIGINT');
      await eventually(() => program.exits[0]);
      assert.deepEqual(program.exits, [130]);
      // It would also end by itself, in bounded time.
      assert.equal(await code, 0);
    });

    const ends: [end: AgentEnd, code: number][] = [
      [{ why: 'stopped' }, 0],
      [{ why: 'taken_over', phone: 'desk-1' }, 8],
      [{ why: 'in_use', phone: 'desk-1', holder: {} }, 7],
    ];
    for (const [end, code] of ends)
      it(`it has ended: ${end.why}`, async () => {
        program.start = () => Promise.resolve(agent(Promise.resolve(end)));
        assert.equal(await run(), code);
      });

    it('it refuses to start beside another one', async () => {
      program.start = () => Promise.reject(new PhoneInUseError('desk-1', { host: 'PC-7' }));
      assert.equal(await run(), 7);
    });

    it('something goes wrong that nobody expected, and shows no secret of it', async () => {
      program.start = () => Promise.reject(new Error(`connect ada:${SECRET} failed`));
      assert.equal(await run(), 1);
      program.start = () => Promise.resolve(agent(forever));
      for (const event of ['uncaughtException', 'unhandledRejection']) {
        const code = run();
        await eventually(() => (program.signals.listenerCount(event) > 0 ? true : undefined));
        program.signals.emit(event, new Error(`a bug with ${SECRET}`));
        assert.equal(await code, 1);
      }
      assert.equal(events().filter((event) => event === 'unexpected').length, 3);
    });

    it('then, and is no more told of by status', async () => {
      let end = (_: AgentEnd): void => undefined;
      const ended = new Promise<AgentEnd>((resolve) => (end = resolve));
      const told = async (): Promise<{ pid: number; version: string } | undefined> => {
        program.lines = [];
        await program.run(['status', '--json', '--config', join(program.folder, 'agent.json')]);
        return program.json()['running'] as { pid: number; version: string } | undefined;
      };
      program.start = () => Promise.resolve(agent(ended));
      const code = run();
      const running = await eventually(told);
      assert.deepEqual([running.pid, running.version], [process.pid, '1.2.3']);
      program.start = () => Promise.reject(new PhoneInUseError('desk-1', {}));
      assert.equal(await run(), 7);
      assert.deepEqual(await told(), running, 'one that was refused changes nothing of it');
      end({ why: 'stopped' });
      assert.equal(await code, 0);
      assert.equal(await told(), undefined);
    });

    it('that, and writes its log to a file as well', async () => {
      program.start = () => Promise.resolve(agent(Promise.resolve({ why: 'stopped' })));
      const path = join(program.folder, 'log', 'agent.log');
      assert.equal(await run('--log-file', path, '--log-format', 'text'), 0);
      assert.equal(readFileSync(path, 'utf8'), `${program.log.join('\n')}\n`);
      assert.match(program.log.join('\n'), /INFO {2}starting/);
    });
  });

  describe('as a task', () => {
    const config = (): string[] => ['--config', program.file(CONFIG)];

    it('is shown first, and made when somebody agrees', async () => {
      program.answer = false;
      assert.equal(await program.run(['install', ...config()]), 6);
      assert.match(program.questions.join(), /<LogonTrigger>[\s\S]*\[y\/N\]/);
      assert.equal(program.tasks.size, 0);
      program.answer = true;
      assert.equal(await program.run(['install', ...config()]), 0);
      assert.match(program.tasks.get('microsip-agent-ada') ?? '', /agent\.json/);
    });

    it('is made without a question only with --yes', async () => {
      assert.equal(await program.run(['install', ...config()]), 6);
      assert.equal(await program.run(['install', '--json', ...config()]), 6);
      assert.equal(program.tasks.size, 0);
      assert.equal(await program.run(['install', '--yes', ...config()]), 0);
      assert.equal(program.tasks.size, 1);
    });

    it('is only shown by a dry run, on any system', async () => {
      assert.equal(await program.run(['install', '--dry-run', '--json', ...config()], { platform: 'linux' }), 0);
      assert.match(String(program.json()['xml']), /^<\?xml/);
      assert.equal(program.tasks.size, 0);
    });

    it('is not made with a file that is wrong, or where there is no Windows', async () => {
      assert.equal(await program.run(['install', '--yes', '--config', program.file({})]), 2);
      assert.equal(await program.run(['install', '--yes', ...config()], { platform: 'linux' }), 9);
      assert.equal(await program.run(['uninstall', '--yes'], { platform: 'linux' }), 9);
    });

    it('is taken away', async () => {
      await program.run(['install', '--yes', ...config()]);
      program.answer = false;
      assert.equal(await program.run(['uninstall']), 6);
      assert.equal(program.tasks.size, 1);
      assert.equal(await program.run(['uninstall', '--yes']), 0);
      assert.equal(program.tasks.size, 0);
      program.lines = [];
      assert.equal(await program.run(['uninstall', '--yes', '--json']), 0);
      assert.equal(program.json()['removed'], false);
    });

    it('may be refused by Windows, which says why', async () => {
      program.refusal = 'Access is denied.';
      assert.equal(await program.run(['install', '--yes', ...config()]), 9);
      assert.match(program.lines.join('\n'), /Access is denied\./);
    });

    it('is told of by status', async () => {
      const where = config();
      const installed = async (): Promise<unknown> => {
        program.lines = [];
        await program.run(['status', '--json', ...where]);
        return (program.json()['task'] as { installed?: boolean }).installed;
      };
      assert.equal(await installed(), false);
      await program.run(['install', '--yes', ...where]);
      assert.equal(await installed(), true);
    });
  });

  it('takes a record of an agent that is gone for none', async () => {
    const config = program.file(CONFIG);
    program.start = () =>
      Promise.resolve({ ended: Promise.resolve({ why: 'stopped' }), stop: () => Promise.resolve() });
    await program.run(['--config', config]);
    writeFileSync(join(program.folder, 'microsip-agent', 'x.json'), '{');
    assert.equal(await program.run(['status', '--config', config]), 3);
  });
});
