import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { taskXml } from '../../src/agent/logon-task/task-xml';
import { ROOT } from '../support/checkout';

const read = (file: string): string => readFileSync(join(ROOT, 'docs', file), 'utf8');

describe('the Windows guide', () => {
  // Without an encoding, since PowerShell hands it over as text and the Task Scheduler reads the file.
  it('has a task for Node-RED that is made as the agent makes its own', () => {
    const task = taskXml({
      user: 'PC\\you',
      description: 'Starts Node-RED in the session of this user, so that it can see the windows of MicroSIP.',
      program: '%ProgramFiles%\\nodejs\\node.exe',
      args: ['%APPDATA%\\npm\\node_modules\\node-red\\red.js'],
      folder: '%USERPROFILE%',
    });
    const expected = task.replace(' encoding="UTF-16"', '').replaceAll('\r\n', '\n');
    assert.equal(read('windows/node-red-at-logon.xml').replaceAll('\r\n', '\n'), expected);
  });

  it('replaces the user by the words that the task has', () => {
    const [, placeholder = ''] = /\.Replace\('([^']+)'/.exec(read('windows.md')) ?? [];
    assert.notEqual(placeholder, '');
    assert.equal(read('windows/node-red-at-logon.xml').split(placeholder).length - 1, 3);
  });
});
