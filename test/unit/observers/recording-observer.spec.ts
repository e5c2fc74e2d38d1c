import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import promises from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Call } from '../../../src/phone/calls/call';
import type { PhoneEvent } from '../../../src/phone/phone-event';
import type { CallMediaObservation } from '../../../src/phone/ports/observation';
import { microsipFiles } from '../../../src/microsip/microsip-files';
import { recordingNameOf } from '../../../src/microsip/recordings/recording-name';
import { LoggedRecordings } from '../../../src/observers/recordings/logged-recordings';
import { RecordingFiles } from '../../../src/observers/recordings/recording-files';
import { RecordingObserver } from '../../../src/observers/recordings/recording-observer';
import { eventually } from '../../support/eventually';
import { hostOf } from '../../support/observer-host';

describe('recording of a call', () => {
  let home: string;
  let folder: string;
  let observer: RecordingObserver;
  let logged: LoggedRecordings;
  let seen: CallMediaObservation[];
  let call: Call;
  let others: Call[] = [];

  const ini = (text: string): void => {
    writeFileSync(join(home, 'microsip.ini'), Buffer.from(`\ufeff[Settings]\r\n${text}\r\n`, 'utf16le'));
  };
  /** A file that was begun so many ms after the answer. */
  const recorded = (after = 0, user = '200', where = folder): string => {
    const name = recordingNameOf((call.answerTime ?? 0) + after, user, 'inbound', '1001', 'wav');
    writeFileSync(join(where, name), '');
    return join(where, name);
  };
  const tell = (event: 'answered' | 'ended'): void => {
    const told = { event, call, time: 0, state: 'idle', previousState: 'idle', source: 'window', confidence: 'exact' };
    if (event === 'ended') call = { ...call, callState: 'ended' };
    observer.note({ type: 'told', event: told as PhoneEvent });
  };
  const start = async (answered: Partial<Call> = {}): Promise<void> => {
    const now = Date.now();
    call = {
      callId: 'c1',
      callState: 'connected',
      direction: 'inbound',
      number: '200',
      uri: 'sip:200@pbx',
      startTime: now - 70_000,
      answerTime: now - 60_000,
      endTime: now,
      ...answered,
    };
    const files = new RecordingFiles(microsipFiles(join(home, 'microsip.exe'), undefined), () => undefined);
    logged = new LoggedRecordings();
    observer = new RecordingObserver(files, logged);
    await observer.start(
      hostOf((one) => one.type === 'call_media' && seen.push(one), { knownCalls: () => [...others, call] }),
    );
  };
  /** What is told at the end, when that is all. */
  const atEnd = async (): Promise<string | undefined> => {
    await eventually(() => seen.some(({ more }) => more) || undefined);
    tell('ended');
    const last = await eventually(() => (seen.at(-1)?.more ? undefined : seen.at(-1)));
    return last.recording;
  };

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'microsip-home-'));
    folder = join(home, 'Recordings');
    mkdirSync(folder);
    seen = [];
    others = [];
    ini('accountId=1');
  });
  afterEach(async () => {
    await observer.stop();
    rmSync(home, { recursive: true, maxRetries: 5 });
  });

  describe('in the folder', () => {
    it('is found by its name and its time; of several the last one counts', async () => {
      await start();
      recorded(0);
      const last = recorded(30_000);
      recorded(10_000, '201');
      recorded(-3_600_000);
      assert.equal(await atEnd(), last);
      assert.ok(seen.every(({ key, source }) => key === 'c1' && source === 'watchdog'));
    });

    it('is in the folder of the settings', async () => {
      mkdirSync(join(home, 'calls'));
      ini(`recordingPath="${join(home, 'calls')}"`);
      await start();
      const path = recorded(0, '200', join(home, 'calls'));
      recorded();
      assert.equal(await atEnd(), path);
    });

    it('is none of another party, another time, or a link', async () => {
      await start();
      recorded(0, '2000');
      recorded(-60_000);
      const target = join(home, 'precious.wav');
      writeFileSync(target, '');
      symlinkSync(target, join(folder, recordingNameOf(call.answerTime ?? 0, '200', 'inbound', '1001', 'wav')));
      assert.equal(await atEnd(), undefined);
    });

    it('is not that of another call with the same party', async () => {
      for (const [direction, after, found] of [
        ['inbound', 20_000, 0],
        ['inbound', 59_500, 0],
        ['outbound', 20_000, 30_000],
      ] as const) {
        await start();
        const other: Call = { ...call, callId: 'c2', direction, answerTime: (call.answerTime ?? 0) + after };
        others = [other];
        const paths = new Map([0, after === 20_000 ? 30_000 : 60_000].map((begun) => [begun, recorded(begun)]));
        assert.equal(await atEnd(), paths.get(found), `${direction} ${after}`);
        for (const path of paths.values()) rmSync(path);
        await observer.stop();
        seen = [];
      }
    });

    it('is none when there is no folder', async () => {
      rmSync(folder, { recursive: true, maxRetries: 5 });
      await start();
      assert.equal(await atEnd(), undefined);
    });

    it('is not looked for when nothing can be recorded, or nobody knows where', async () => {
      for (const text of ['recordingButton=0', undefined]) {
        if (text === undefined) rmSync(join(home, 'microsip.ini'));
        else ini(text);
        await start();
        recorded();
        tell('answered');
        tell('ended');
        await eventually(() => true);
        assert.deepEqual(seen, []);
      }
    });

    describe('with very many', () => {
      const { opendir } = promises;
      let read: number;
      let atOnce: number;
      afterEach(() => {
        promises.opendir = opendir;
      });
      /** So many, and then this one. */
      const folderOf = (many: number, last: string): void => {
        read = 0;
        async function* names(): AsyncGenerator<{ name: string }> {
          for (; read < many; read += 1) {
            // As a folder does that is read in pieces.
            if (read % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
            yield { name: `20260101-000000-${read}-incoming-1.wav` };
          }
          yield { name: basename(last) };
        }
        promises.opendir = ((_path: string, { bufferSize = Infinity }) => {
          atOnce = bufferSize;
          return Promise.resolve(names());
        }) as never;
      };

      it('is found, and they are read a few at a time', async () => {
        await start();
        const path = recorded();
        folderOf(20_000, path);
        assert.equal(await atEnd(), path);
        assert.equal(read, 20_000);
        assert.ok(atOnce <= 512);
      });

      it('is given up when there is no end of them', async () => {
        await start();
        folderOf(1_000_000, recorded());
        assert.equal(await atEnd(), undefined);
        assert.ok(read <= 200_000, String(read));
      });
    });
  });

  describe('in the log', () => {
    const sipCallId = 'sip-1';
    const begun = (path: string): void => {
      logged.note({ what: 'begun', sipCallId, path });
    };

    it('is told as soon as it is begun', async () => {
      await start({ sipCallId });
      const path = recorded();
      logged.follow({ sipCallId });
      begun(path);
      await eventually(() => seen.at(-1)?.recording);
      assert.deepEqual(
        seen.map(({ recording, more }) => recording ?? more),
        [true, path],
      );
    });

    for (const when of ['before the call ends', 'behind its end'])
      it(`is waited for until its file is closed, ${when}`, async () => {
        await start({ sipCallId });
        const path = recorded();
        begun(path);
        logged.note({ what: 'opened', sipCallId });
        const open = await eventually(() => seen.find(({ recording }) => recording !== undefined));
        assert.deepEqual([open.recording, open.more], [path, true]);
        if (when === 'behind its end') tell('ended');
        logged.note({ what: 'closed', sipCallId });
        assert.deepEqual([seen.at(-1)?.recording, seen.at(-1)?.more], [undefined, undefined]);
        const { length } = seen;
        if (when !== 'behind its end') tell('ended');
        logged.note({ what: 'closed', sipCallId });
        await new Promise((resolve) => setTimeout(resolve, 50));
        assert.equal(seen.length, length);
      });

    it('is confirmed when the call is over, if it was not there before', async () => {
      await start({ sipCallId });
      const path = join(folder, recordingNameOf(call.answerTime ?? 0, '200', 'inbound', '1001', 'wav'));
      begun(path);
      await eventually(() => seen.length > 0 || undefined);
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(recorded(), path);
      assert.equal(await atEnd(), path);
    });

    it('is not told of a path that is elsewhere', async () => {
      await start({ sipCallId });
      mkdirSync(join(home, 'other'));
      begun(recorded(0, '200', join(home, 'other')));
      assert.equal(await atEnd(), undefined);
    });

    it('is searched for when the log cannot be read as text', async () => {
      await start({ sipCallId });
      const path = recorded();
      begun(path.replace('-200-', '-\uFFFD-'));
      assert.equal(await atEnd(), path);
    });

    it('is searched for in the folder when the log follows the call and says nothing of it', async () => {
      await start({ sipCallId });
      logged.follow({ sipCallId });
      logged.follow({ sipCallId, answerTime: 1 });
      assert.equal(await atEnd(), undefined);
      const path = recorded();
      await observer.stop();
      seen = [];
      await start({ sipCallId, answerTime: call.answerTime ?? 0 });
      logged.follow({ sipCallId, answerTime: 1 });
      assert.equal(await atEnd(), path);
    });

    it('is not that of an earlier call with the same Call-ID', async () => {
      await start({ sipCallId });
      logged.follow({ sipCallId });
      begun(recorded(-3_600_000));
      logged.follow({ sipCallId });
      assert.equal(await atEnd(), undefined);
    });
  });
});
