import { DIFFERENCES } from '../../contract/differences';
import { phoneContract } from '../../contract/phone-contract';
import { skipBecause } from '../../support/skip';
import { whyNoStandIn } from '../support/stand-in';
import { windowWorld } from '../support/window-world';

const why = whyNoStandIn();
if (why) {
  it('phone contract: window', function () {
    skipBecause(this, why);
  });
} else {
  phoneContract('window', () => windowWorld(), DIFFERENCES.window);
}
