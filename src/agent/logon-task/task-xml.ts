import { commandLine } from './command-line';

export interface TaskPlan {
  /** `DOMAIN\user` */
  user: string;
  description: string;
  /** The agent's program and its arguments. */
  program: string;
  args: readonly string[];
  folder: string;
}

/**
 * The agent is a program of the console, and a console has a window; this one has none. It ends when its program ends, but
 * with the exit code 0 (microsoft/terminal#17178).
 */
const WITHOUT_WINDOW = '%SystemRoot%\\System32\\conhost.exe';

/**
 * A task of Windows' Task Scheduler (schema of MS-TSCH 2.5): it runs in the session of its user, when he has logged on,
 * with his rights. `RestartOnFailure` is only for what could not be started (MS-TSCH 2.5.4.2). What ended by itself is
 * started again by the repetition, which is ignored as long as the agent runs.
 */
export function taskXml({ user, description, program, args, folder }: TaskPlan): string {
  return [
    '<?xml version="1.0" encoding="UTF-16"?>',
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">',
    '  <RegistrationInfo>',
    `    <Author>${escaped(user)}</Author>`,
    `    <Description>${escaped(description)}</Description>`,
    '  </RegistrationInfo>',
    '  <Triggers>',
    '    <LogonTrigger>',
    '      <Enabled>true</Enabled>',
    '      <Repetition>',
    '        <Interval>PT1M</Interval>',
    '        <StopAtDurationEnd>false</StopAtDurationEnd>',
    '      </Repetition>',
    `      <UserId>${escaped(user)}</UserId>`,
    '      <Delay>PT5S</Delay>',
    '    </LogonTrigger>',
    '  </Triggers>',
    '  <Principals>',
    '    <Principal id="Author">',
    `      <UserId>${escaped(user)}</UserId>`,
    '      <LogonType>InteractiveToken</LogonType>',
    '      <RunLevel>LeastPrivilege</RunLevel>',
    '    </Principal>',
    '  </Principals>',
    '  <Settings>',
    '    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>',
    '    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>',
    '    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>',
    '    <AllowHardTerminate>true</AllowHardTerminate>',
    '    <StartWhenAvailable>true</StartWhenAvailable>',
    '    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>',
    '    <IdleSettings>',
    '      <StopOnIdleEnd>false</StopOnIdleEnd>',
    '      <RestartOnIdle>false</RestartOnIdle>',
    '    </IdleSettings>',
    '    <AllowStartOnDemand>true</AllowStartOnDemand>',
    '    <Enabled>true</Enabled>',
    '    <Hidden>false</Hidden>',
    '    <RunOnlyIfIdle>false</RunOnlyIfIdle>',
    '    <WakeToRun>false</WakeToRun>',
    '    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>',
    '    <Priority>5</Priority>',
    '    <RestartOnFailure>',
    '      <Interval>PT1M</Interval>',
    '      <Count>255</Count>',
    '    </RestartOnFailure>',
    '  </Settings>',
    '  <Actions Context="Author">',
    '    <Exec>',
    `      <Command>${escaped(WITHOUT_WINDOW)}</Command>`,
    `      <Arguments>${escaped(commandLine(['--headless', program, ...args]))}</Arguments>`,
    `      <WorkingDirectory>${escaped(folder)}</WorkingDirectory>`,
    '    </Exec>',
    '  </Actions>',
    '</Task>',
    '',
  ].join('\r\n');
}

/** As `schtasks` reads it. */
export function taskFile(xml: string): Buffer {
  return Buffer.from(`\ufeff${xml}`, 'utf16le');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (one) => ENTITIES[one] ?? one);
}
