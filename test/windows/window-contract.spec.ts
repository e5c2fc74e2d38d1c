import { DIFFERENCES } from '../contract/differences';
import { phoneContract } from '../contract/phone-contract';
import { skipBecause } from '../support/skip';
import { whyNoStandIn } from './stand-in';
import { windowWorld } from './window-world';

const why = whyNoStandIn();
if (why) {
  it('phone contract: window', function () {
    skipBecause(this, why);
  });
} else {
  phoneContract('window', () => windowWorld(), DIFFERENCES.window);
}
