import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HookObserver } from '../../../../src/observers/hooks/hook-observer';
import type { Observation } from '../../../../src/phone/ports/observation';
import type { PhoneError } from '../../../../src/phone/errors/phone-error';
import { hostOf } from '../../../support/observer-host';
import { skipBecause } from '../../../support/skip';
import { buildHookProgram, runHook, type Run } from './hook-program';

/** What a caller may put where a number belongs. */
const HOSTILE: Record<string, string> = {
  blanks: 'Ada Lovelace of London',
  'double quotes': '"1001" "; calc.exe',
  'an odd quote': 'a"b',
  'single quotes': "' OR 1=1 --'",
  'shell characters': '1001 & calc.exe | more < in > out ^ %PATH% %CD:~0,1%',
  'shell substitutions': '$(touch pwned) `touch pwned` ${IFS} ; touch pwned',
  'long options': '--inspect-brk=0.0.0.0:9229 --require /tmp/x.js --eval process.exit(9)',
  'an output option': '-o file -e process.exit(9)',
  'the mark itself': '-- -- --',
  'an assignment': 'user=1 password={password}',
  'our own words': 'run cmdCallEnd trial',
  'a key and a path': 'cmdCallEnd /tmp/other.sock',
  slashes: '/exit /resetnoask',
  backslashes: '\\\\server\\share\\',
  'a path': '../../../../etc/passwd',
  'JSON ends': '"}\n{"event":"cmdCallEnd","time":1,"parameter":"x"}',
  'line ends': 'a\r\nb\nc\rd',
  'control characters': '\u0001\u0007\u0008\u001b[2J\u007f\u0085',
  tabs: 'a\tb',
  'right-to-left marks': '\u202e1001\u202c \u200f\u2066x\u2069',
  'invisible characters': 'a\u200b\u00a0\ufeffb',
  emoji: '📞 ☎️ 👩‍💻',
  arabic: '١٠٠١ مرحبا',
  'percent signs': '%20%2B%00%n%s',
  'a formula': "=cmd|' /C calc'!A0",
  mark: '<script>alert(1)</script>',
  'a template': '{{payload}} {number} {parameter} __proto__',
  '1,000 characters': 'x'.repeat(1000),
  '1,000 characters that JSON writes longer': '\u0001'.repeat(1000),
  nothing: '',
};

/** ms: the longest life of the program. */
const LIFETIME = 300;
/** ms: longer than a test may take. */
const WITHOUT_END = 600_000;

const hasReachedItsEnd = ({ exitCode, ms }: Run): boolean => exitCode === 1 && ms >= LIFETIME;

describe('hook program', () => {
  let folder: string;
  let pipe: string;
  let script: string;
  let seen: Observation[];
  let warnings: string[];
  let observer: HookObserver;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hook '));
    pipe = join(folder, 'hook.sock');
    script = buildHookProgram(join(folder, 'program'));
    seen = [];
    warnings = [];
    observer = new HookObserver({ pipe });
    const problem = ({ message }: PhoneError): number => warnings.push(message);
    await observer.start(hostOf((observation) => seen.push(observation), { problem }));
  });

  afterEach(async () => {
    await observer.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const numbers = (): (string | undefined)[] =>
    seen.map((observation) => (observation.type === 'call' ? observation.facts.number : observation.type));

  /** Runs it again when it took too long, as it does on a machine that stands still for a moment. */
  async function runInTime(args: readonly string[]): Promise<Run> {
    for (let tries = 1; ; tries++) {
      seen.length = 0;
      const run = await runHook(script, args);
      if (!hasReachedItsEnd(run) || tries === 5) return run;
    }
  }

  /** Without the end of its time, for which it would wait for minutes: what ends it has to be something else. */
  async function runWithoutEnd(args: readonly string[]): Promise<Run> {
    const endless = join(folder, 'endless.cjs');
    writeFileSync(
      endless,
      `const { setTimeout: after } = globalThis;
      globalThis.setTimeout = (act, ms, ...more) => after(act, ms + ${WITHOUT_END}, ...more);`,
    );
    return runHook('--require', [endless, script, ...args]);
  }

  for (const [what, text] of Object.entries(HOSTILE)) {
    it(`hands over ${what} as data and does nothing else`, async () => {
      const run = await runInTime(['cmdCallRing', pipe, `-- ${text}`]);
      await observer.refresh();
      assert.deepEqual(numbers(), [text === '' ? undefined : text]);
      assert.deepEqual([run.exitCode, run.stdout, run.stderr, warnings], [0, '', '', []]);
      assert.deepEqual(readdirSync(folder).sort(), ['hook.sock', 'program']);
      assert.deepEqual(readdirSync(join(folder, 'program')), ['microsip-hook.cjs']);
    });
  }

  it('says when it was started, not when it got round to it', async () => {
    const before = Date.now();
    await runHook(script, ['cmdCallRing', pipe, '--', '1001']);
    await observer.refresh();
    const [call] = seen;
    assert.ok(call && call.time >= before - 20 && call.time <= Date.now() - 10);
  });

  it('cuts what no number is', async () => {
    await runInTime(['cmdCallRing', pipe, '--', 'é'.repeat(30_000)]);
    await observer.refresh();
    assert.deepEqual(numbers(), ['é'.repeat(4096)]);
  });

  it('is gone at once when nobody listens', async () => {
    await observer.stop();
    const run = await runWithoutEnd(['cmdCallRing', pipe, '--', '1001']);
    assert.deepEqual([run.exitCode, run.stdout, run.stderr], [1, '', '']);
  });

  it('is gone at once when the receiver never reads', async () => {
    await observer.stop();
    const server = createServer({ pauseOnConnect: true }).listen(pipe);
    await new Promise((resolve) => server.once('listening', resolve));
    const run = await runWithoutEnd(['cmdCallRing', pipe, '--', 'x'.repeat(1000)]);
    server.close();
    assert.equal(run.exitCode, 0);
  });

  it('is silent when it is called in a way that nobody calls it', async () => {
    for (const args of [[], ['cmdCallRing'], ['run'], ['run', 'cmdCallRing'], ['cmdCallRing', '', '--']]) {
      const run = await runHook(script, args);
      assert.deepEqual([run.stdout, run.stderr], ['', '']);
    }
  });

  describe('with a program that was there before', () => {
    let told: string;

    /** A stand-in that notes its arguments. */
    function chain(foreignArguments: string, more: object = {}): void {
      told = join(folder, 'told.json');
      const foreign = join(folder, 'foreign.cjs');
      writeFileSync(
        foreign,
        `#!${process.execPath}\nrequire('fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.argv.slice(2)));\n`,
        { mode: 0o755 },
      );
      const record = {
        hooks: { cmdCallRing: { foreign: { program: foreign, arguments: foreignArguments, ...more } } },
      };
      writeFileSync(script.replace('.cjs', '.json'), JSON.stringify(record));
    }

    async function toldArguments(): Promise<unknown> {
      const complete = (): boolean => existsSync(told) && readFileSync(told, 'utf8') !== '';
      for (let wait = 0; wait < 200 && !complete(); wait += 1) await new Promise((resolve) => setTimeout(resolve, 20));
      return JSON.parse(readFileSync(told, 'utf8'));
    }

    it('starts it with its own arguments and the raw parameter, too', async () => {
      chain('-n 5 {parameter}');
      await runHook(script, ['cmdCallRing', pipe, '--', 'a', '&', 'b"', '%PATH%']);
      assert.deepEqual(await toldArguments(), ['-n 5 a & b" %PATH%']);
      await observer.refresh();
      assert.deepEqual(numbers(), ['a & b" %PATH%']);
    });

    it('fills in the placeholders that MicroSIP filled in for us, and nothing in what the caller chose', async () => {
      chain('call={number}&by={name} {other} {parameter}');
      await runHook(script, ['cmdCallRing', pipe, 'number=%2b49', 'name=a=b', '--', '{number}', '{name}']);
      assert.deepEqual(await toldArguments(), ['call=%2b49&by=a=b {other} {number} {name}']);
    });

    it('leaves nothing of a meaning to cmd.exe, and runs it from a process of its own', async () => {
      chain('{name} {parameter}', { shell: true });
      await runHook(script, ['cmdCallRing', pipe, 'name=%41d%61', '--', '"a&b|c>d<e^f%g!h(i)', '+49-x_*#.@']);
      assert.deepEqual(await toldArguments(), ['%41d%61 _a_b_c_d_e_f_g_h_i_ +49-x_*#.@']);
    });

    it('tells Node-RED before it starts that program, which may take long on a busy machine', async () => {
      chain('{parameter}');
      const slow = join(folder, 'slow.cjs');
      // As if it took a second to start another program.
      writeFileSync(
        slow,
        `const { spawn } = require('node:child_process');
        require('node:child_process').spawn = (...args) => {
          for (const end = Date.now() + 1000; Date.now() < end; );
          return spawn(...args);
        };
        process.getBuiltinModule = require;`,
      );
      const run = await runHook('--require', [slow, script, 'cmdCallRing', pipe, '--', '1001']);
      await observer.refresh();
      assert.deepEqual([run.exitCode, numbers()], [0, ['1001']]);
      assert.deepEqual(await toldArguments(), ['1001']);
    });

    it('hands over although the machine stood still for longer than the program may live', async () => {
      const still = join(folder, 'still.cjs');
      // Just after the pipe was asked for.
      writeFileSync(
        still,
        `const { Socket } = require('node:net');
        const { write } = Socket.prototype;
        Socket.prototype.write = function (...args) {
          const result = write.apply(this, args);
          for (const end = Date.now() + 1000; Date.now() < end; );
          return result;
        };`,
      );
      const run = await runHook('--require', [still, script, 'cmdCallRing', pipe, '--', '1001']);
      await observer.refresh();
      assert.deepEqual([run.exitCode, numbers()], [0, ['1001']]);
    });

    it('is not held up when that program does not exist', async () => {
      writeFileSync(
        script.replace('.cjs', '.json'),
        JSON.stringify({ hooks: { cmdCallRing: { foreign: { program: join(folder, 'none'), arguments: '' } } } }),
      );
      const run = await runHook(script, ['cmdCallRing', pipe, '--', '1001']);
      await observer.refresh();
      assert.deepEqual([run.exitCode, run.stderr, numbers()], [0, '', ['1001']]);
    });

    for (const [what, text] of Object.entries({
      damaged: '{"hooks":',
      empty: '',
      odd: '{"hooks":{"cmdCallRing":5}}',
      huge: ' '.repeat(50_000_000),
    })) {
      it(`reports all the same when its record is ${what}`, async () => {
        writeFileSync(script.replace('.cjs', '.json'), text);
        const run = await runHook(script, ['cmdCallRing', pipe, '--', '1001']);
        await observer.refresh();
        assert.deepEqual([run.exitCode, run.stderr, numbers()], [0, '', ['1001']]);
      });
    }

    for (const [what, make] of Object.entries({
      'a pipe': (at: string) => execFileSync('mkfifo', [at]),
      endless: (at: string) => {
        symlinkSync('/dev/zero', at);
      },
      'a folder': (at: string) => {
        mkdirSync(at);
      },
    }))
      it(`does not hold MicroSIP up when its record is ${what}`, async function () {
        if (process.platform === 'win32') skipBecause(this, 'Windows has no such files');
        make(script.replace('.cjs', '.json'));
        const run = await runHook(script, ['cmdCallRing', pipe, '--', '1001']);
        await observer.refresh();
        assert.deepEqual([run.exitCode, run.stderr, numbers()], [0, '', ['1001']]);
      });
  });
});
