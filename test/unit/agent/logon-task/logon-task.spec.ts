import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { commandLine } from '../../../../src/agent/logon-task/command-line';
import { SchedulerError, taskScheduler } from '../../../../src/agent/logon-task/schtasks';
import { taskName, taskPlan } from '../../../../src/agent/logon-task/task-plan';
import { taskFile, taskXml } from '../../../../src/agent/logon-task/task-xml';
import { AgentError } from '../../../../src/agent/program/agent-error';
import { splitArguments } from '../../../../src/microsip/command-line';
import { readElement, textAt } from './read-xml';

const SURROUNDINGS = {
  env: { USERDOMAIN: 'OFFICE', LOCALAPPDATA: 'C:\\Users\\Jörg & Co\\AppData\\Local' },
  userName: "Jörg O'Neil",
  program: ['C:\\Program Files\\nodejs\\node.exe', 'C:\\Users\\Jörg & Co\\npm\\microsip-agent.js'],
} as const;
const CONFIG = 'C:\\Users\\Jörg & Co\\Telefon <1>\\agent.json';

describe('the logon task', () => {
  const plan = taskPlan(CONFIG, 'MicroSIP & "MQTT" <desk-1>', SURROUNDINGS);
  const xml = taskXml(plan);
  const task = readElement(xml);

  it('runs when this user logs on, in his session, with his rights', () => {
    const user = "OFFICE\\Jörg O'Neil";
    assert.equal(textAt(task, 'Triggers/LogonTrigger/UserId'), user);
    assert.equal(textAt(task, 'Principals/Principal/UserId'), user);
    assert.equal(textAt(task, 'Principals/Principal/LogonType'), 'InteractiveToken');
    assert.equal(textAt(task, 'Principals/Principal/RunLevel'), 'LeastPrivilege');
    assert.equal(textAt(task, 'RegistrationInfo/Description'), 'MicroSIP & "MQTT" <desk-1>');
  });

  it('starts it without a window, with its own command line', () => {
    assert.equal(textAt(task, 'Actions/Exec/Command'), '%SystemRoot%\\System32\\conhost.exe');
    assert.deepEqual(splitArguments(textAt(task, 'Actions/Exec/Arguments')), [
      '--headless',
      ...SURROUNDINGS.program,
      'run',
      '--config',
      CONFIG,
      '--log-file',
      'C:\\Users\\Jörg & Co\\AppData\\Local\\microsip-agent\\agent.log',
    ]);
    assert.equal(textAt(task, 'Actions/Exec/WorkingDirectory'), 'C:\\Users\\Jörg & Co\\Telefon <1>');
  });

  it('is of one file on a PC without Node.js', () => {
    const alone = taskPlan(CONFIG, '', { ...SURROUNDINGS, program: ['D:\\microsip-agent.exe'] });
    assert.deepEqual([alone.program, ...alone.args].slice(0, 2), ['D:\\microsip-agent.exe', 'run']);
  });

  it('is started again after an end, and never twice', () => {
    assert.equal(textAt(task, 'Triggers/LogonTrigger/Repetition/Interval'), 'PT1M');
    assert.equal(textAt(task, 'Settings/MultipleInstancesPolicy'), 'IgnoreNew');
    assert.equal(textAt(task, 'Settings/RestartOnFailure/Interval'), 'PT1M');
    assert.equal(textAt(task, 'Settings/ExecutionTimeLimit'), 'PT0S');
    for (const battery of ['DisallowStartIfOnBatteries', 'StopIfGoingOnBatteries'])
      assert.equal(textAt(task, `Settings/${battery}`), 'false');
  });

  // The order of what is a sequence in the schema of the Task Scheduler (MS-TSCH 2.5.3); the rest may stand in any.
  it('keeps to the schema of the Task Scheduler', () => {
    assert.match(
      xml,
      /^<\?xml version="1\.0" encoding="UTF-16"\?>\r\n<Task version="1\.2" xmlns="http:\/\/schemas\.microsoft\.com\/windows\/2004\/02\/mit\/task">\r\n/,
    );
    assert.deepEqual(
      task.children.map(({ name }) => name),
      ['RegistrationInfo', 'Triggers', 'Principals', 'Settings', 'Actions'],
    );
    const [trigger] = task.children.find(({ name }) => name === 'Triggers')?.children ?? [];
    const sequence = ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'UserId', 'Delay'];
    const places = trigger?.children.map(({ name }) => sequence.indexOf(name)) ?? [];
    assert.deepEqual(
      places,
      [...places].sort((one, other) => one - other),
    );
    assert.ok(!places.includes(-1));
    const known = [
      'AllowStartOnDemand',
      'RestartOnFailure',
      'MultipleInstancesPolicy',
      'DisallowStartIfOnBatteries',
      'StopIfGoingOnBatteries',
      'AllowHardTerminate',
      'StartWhenAvailable',
      'RunOnlyIfNetworkAvailable',
      'WakeToRun',
      'Enabled',
      'Hidden',
      'IdleSettings',
      'ExecutionTimeLimit',
      'Priority',
      'RunOnlyIfIdle',
    ];
    const settings = task.children.find(({ name }) => name === 'Settings')?.children ?? [];
    assert.deepEqual(
      settings.filter(({ name }) => !known.includes(name)),
      [],
    );
    assert.equal(new Set(settings.map(({ name }) => name)).size, settings.length);
    assert.match(textAt(task, 'Settings/RestartOnFailure/Count'), /^(?:[1-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])$/);
    assert.match(xml, /<Principal id="Author">/);
    assert.match(xml, /<Actions Context="Author">/);
  });

  it('is written in UTF-16 with BOM', () => {
    const bytes = taskFile(xml);
    assert.deepEqual([...bytes.subarray(0, 2)], [0xff, 0xfe]);
    assert.equal(new TextDecoder('utf-16le').decode(bytes), xml);
  });

  it('is refused for what it could not start', () => {
    const refused = (config: string, program: readonly [string, ...string[]], sentence: string): void => {
      assert.throws(
        () => taskPlan(config, '', { ...SURROUNDINGS, program }),
        (error) => error instanceof AgentError && error.sentence === sentence && error.exitCode === 9,
      );
    };
    refused('C:\\100%\\agent.json', ['C:\\node.exe'], 'task_percent');
    refused(CONFIG, ['node.exe', 'C:\\npm\\_npx\\ab\\microsip-agent.js'], 'task_of_npx');
  });

  it('has a name of its user', () => {
    assert.equal(taskName('ada'), 'microsip-agent-ada');
    assert.equal(taskName('a\\b/c:d'), 'microsip-agent-a_b_c_d');
  });
});

describe('a command line', () => {
  it('is taken apart into the same arguments, whatever they are', () => {
    const argument = fc.string({ unit: fc.constantFrom('a', ' ', '"', '\\', '&', '\t', 'ü', '%', "'"), minLength: 1 });
    fc.assert(
      fc.property(fc.array(fc.oneof(argument, fc.constant('')), { minLength: 1 }), (args) => {
        assert.deepEqual(splitArguments(commandLine(args)), args);
      }),
    );
  });
});

describe('the Task Scheduler', () => {
  it('gets the task as a file, which is gone afterwards', async () => {
    const calls: (readonly string[])[] = [];
    let content = '';
    const scheduler = taskScheduler((args) => {
      calls.push(args);
      if (args[0] === '/Create') content = readFileSync(args[4] ?? '', 'utf16le');
      return Promise.resolve('');
    });
    await scheduler.create('one', '<Task/>');
    assert.equal(content, '\ufeff<Task/>');
    const [[, , , , file = ''] = []] = calls;
    assert.deepEqual(calls, [['/Create', '/TN', 'one', '/XML', file, '/F']]);
    assert.equal(existsSync(file), false);
    await scheduler.start('one');
    await scheduler.remove('one');
    assert.deepEqual(calls.slice(1), [
      ['/Run', '/TN', 'one'],
      ['/Delete', '/TN', 'one', '/F'],
    ]);
  });

  it('may not know the task', async () => {
    const scheduler = taskScheduler(() => Promise.reject(new SchedulerError('not found')));
    assert.equal(await scheduler.find('one'), undefined);
    await scheduler.stop('one');
    await assert.rejects(scheduler.start('one'), SchedulerError);
  });
});
