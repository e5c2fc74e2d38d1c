import { DIFFERENCES } from '../../contract/differences';
import { phoneContract } from '../../contract/phone-contract';
import { skipBecause } from '../../support/skip';
import { whyNoStandIn } from '../support/stand-in';
import { windowWorld } from '../support/window-world';

const why = whyNoStandIn();
if (why) {
  it("phone contract: MicroSIP's command line", function () {
    skipBecause(this, why);
  });
} else {
  phoneContract("MicroSIP's command line", () => windowWorld({}, { connection: 'program' }), DIFFERENCES.program);
}
