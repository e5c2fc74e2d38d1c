import type { NodeAPI, NodeDef } from 'node-red';
import { serveDoctor } from '../src/node-red/doctor-endpoint';
import { serveFind } from '../src/node-red/find-endpoint';
import { watchFlows } from '../src/node-red/flows-run';
import { watchDeploys } from '../src/node-red/phone-carry-over';
import { PhoneService, type PhoneNode } from '../src/node-red/phone-service';
import { servePhoneTest } from '../src/node-red/phone-test-endpoint';
import { serveSimulate } from '../src/node-red/simulate-endpoint';
import type { RawSettings } from '../src/phone/phone-settings';

export = function (RED: NodeAPI): void {
  function MicrosipPhone(this: PhoneNode, config: NodeDef & RawSettings): void {
    RED.nodes.createNode(this, config);
    this.service = new PhoneService(RED, this, config);
    this.on('close', (removed: boolean, done: () => void) => {
      this.service.close(removed).then(done, done);
    });
  }
  watchDeploys(RED);
  watchFlows(RED);
  RED.nodes.registerType('microsip-phone', MicrosipPhone, {
    // The editor has to know what a new phone can be.
    settings: { microsipPhoneOnWindows: { value: process.platform === 'win32', exportable: true } },
  });
  servePhoneTest(RED);
  serveDoctor(RED);
  serveFind(RED);
  serveSimulate(RED);
};
