import { phoneContract } from '../contract/phone-contract';
import { whyNoStandIn } from './stand-in';
import { windowWorld } from './window-world';

const why = whyNoStandIn();
if (why) {
  it('phone contract: window', function () {
    console.log(`skipped: phone contract on the stand-in: ${why}`);
    this.skip();
  });
} else {
  phoneContract('window', () => windowWorld(), { exact: false });
}
