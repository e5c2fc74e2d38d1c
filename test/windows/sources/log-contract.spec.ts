import { DIFFERENCES } from '../../contract/differences';
import { phoneContract } from '../../contract/phone-contract';
import { skipBecause } from '../../support/skip';
import { whyNoStandIn } from '../support/stand-in';
import { windowWorld } from '../support/window-world';

const why = whyNoStandIn();
if (why) {
  it('phone contract: window with SIP log and call history', function () {
    skipBecause(this, why);
  });
} else {
  phoneContract(
    'window with SIP log and call history',
    () => windowWorld({ settings: { enableLog: 1 } }),
    DIFFERENCES.window_with_log,
  );
}
