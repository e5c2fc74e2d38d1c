import type { NodeAPI, NodeDef } from 'node-red';
import { createAccess } from '../src/node-red/access/create-access';
import { serveChoices } from '../src/node-red/choices/choices-endpoint';
import { serveDoctor } from '../src/node-red/admin/doctor-endpoint';
import { serveFind } from '../src/node-red/admin/find-endpoint';
import { watchFlows } from '../src/node-red/phones/flows-run';
import { watchDeploys } from '../src/node-red/phones/deploy-handover';
import { PhoneService, type PhoneNode } from '../src/node-red/phones/phone-service';
import { servePhones } from '../src/node-red/admin/phones-endpoint';
import { servePhoneTest } from '../src/node-red/admin/phone-test-endpoint';
import { serveSimulate } from '../src/node-red/admin/simulate-endpoint';
import type { RawSettings } from '../src/settings/setting-values';

export = function (RED: NodeAPI): void {
  function MicrosipPhone(this: PhoneNode, config: NodeDef & RawSettings): void {
    RED.nodes.createNode(this, config);
    this.service = new PhoneService(RED, this, config);
    this.access = createAccess(RED, this);
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
  servePhones(RED);
  serveChoices(RED);
  serveSimulate(RED);
};
