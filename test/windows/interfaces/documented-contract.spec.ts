import { DIFFERENCES } from '../../contract/differences';
import { phoneContract } from '../../contract/phone-contract';
import { skipBecause } from '../../support/skip';
import { documentedWorld } from '../support/documented-world';
import { whyNoStandIn } from '../support/stand-in';

const why = whyNoStandIn();
if (why) {
  it('phone contract: documented protocol', function () {
    skipBecause(this, why);
  });
} else {
  phoneContract('documented protocol', () => documentedWorld(), DIFFERENCES.documented);
}
