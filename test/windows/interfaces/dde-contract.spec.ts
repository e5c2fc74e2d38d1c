import { DIFFERENCES } from '../../contract/differences';
import { phoneContract } from '../../contract/phone-contract';
import { skipBecause } from '../../support/skip';
import { ddeWorld } from '../support/documented-world';
import { whyNoStandIn } from '../support/stand-in';

const why = whyNoStandIn();
if (why) {
  it('phone contract: DDE', function () {
    skipBecause(this, why);
  });
} else {
  phoneContract('DDE', () => ddeWorld(), DIFFERENCES.dde);
}
