import assert from 'node:assert/strict';
import type { Call, CallEnding, Disposition } from '../../../../src/phone/calls/call';
import { disposition, hangupCause } from '../../../../src/phone/calls/call-outcome';

const out: Pick<Call, 'direction' | 'answerTime'> = { direction: 'outbound' };
const inn: Pick<Call, 'direction' | 'answerTime'> = { direction: 'inbound' };

const DISPOSITIONS: [string, Pick<Call, 'direction' | 'answerTime'>, CallEnding, Disposition][] = [
  ['an answered call', { ...out, answerTime: 1 }, { sipStatus: 486 }, 'answered'],
  ['outbound 486', out, { sipStatus: 486 }, 'busy'],
  ['outbound 600', out, { sipStatus: 600 }, 'busy'],
  ['outbound 603', out, { sipStatus: 603 }, 'rejected'],
  ['outbound 403', out, { sipStatus: 403 }, 'rejected'],
  ['outbound 487 after our hang-up', out, { sipStatus: 487, endedBy: 'local' }, 'cancelled'],
  ['outbound, ended by us, status unknown', out, { endedBy: 'local' }, 'cancelled'],
  ['outbound 487 from elsewhere', out, { sipStatus: 487, endedBy: 'remote' }, 'failed'],
  ['outbound 408', out, { sipStatus: 408 }, 'no_answer'],
  ['outbound 480', out, { sipStatus: 480 }, 'no_answer'],
  ['outbound 404', out, { sipStatus: 404 }, 'failed'],
  ['outbound 503', out, { sipStatus: 503 }, 'failed'],
  ['outbound, nothing known', out, {}, 'failed'],
  ['inbound, taken elsewhere', inn, { sipStatus: 487, endedBy: 'remote', elsewhere: true }, 'answered_elsewhere'],
  ['inbound 486 by us', inn, { sipStatus: 486, endedBy: 'local' }, 'rejected'],
  ['inbound 603 by us', inn, { sipStatus: 603, endedBy: 'local' }, 'rejected'],
  ['inbound 302 by us', inn, { sipStatus: 302, endedBy: 'local' }, 'forwarded'],
  ['inbound, the caller gave up', inn, { sipStatus: 487, endedBy: 'remote' }, 'missed'],
  ['inbound, nothing known', inn, {}, 'missed'],
];

const CAUSES: [number, string, number][] = [
  [200, 'NORMAL_CLEARING', 16],
  [486, 'USER_BUSY', 17],
  [600, 'USER_BUSY', 17],
  [480, 'NO_USER_RESPONSE', 18],
  [408, 'RECOVERY_ON_TIMER_EXPIRE', 102],
  [504, 'RECOVERY_ON_TIMER_EXPIRE', 102],
  [603, 'CALL_REJECTED', 21],
  [403, 'CALL_REJECTED', 21],
  [404, 'UNALLOCATED_NUMBER', 1],
  [604, 'UNALLOCATED_NUMBER', 1],
  [484, 'INVALID_NUMBER_FORMAT', 28],
  [487, 'ORIGINATOR_CANCEL', 487],
  [488, 'INCOMPATIBLE_DESTINATION', 88],
  [500, 'NORMAL_TEMPORARY_FAILURE', 41],
  [503, 'NORMAL_TEMPORARY_FAILURE', 41],
  [481, 'NORMAL_UNSPECIFIED', 31],
  [606, 'NORMAL_UNSPECIFIED', 31],
];

const Q850: [number, string][] = [
  [1, 'UNALLOCATED_NUMBER'],
  [2, 'NO_ROUTE_TRANSIT_NET'],
  [3, 'NO_ROUTE_DESTINATION'],
  [6, 'CHANNEL_UNACCEPTABLE'],
  [7, 'CALL_AWARDED_DELIVERED'],
  [16, 'NORMAL_CLEARING'],
  [17, 'USER_BUSY'],
  [18, 'NO_USER_RESPONSE'],
  [19, 'NO_ANSWER'],
  [20, 'SUBSCRIBER_ABSENT'],
  [21, 'CALL_REJECTED'],
  [22, 'NUMBER_CHANGED'],
  [23, 'REDIRECTION_TO_NEW_DESTINATION'],
  [25, 'EXCHANGE_ROUTING_ERROR'],
  [27, 'DESTINATION_OUT_OF_ORDER'],
  [28, 'INVALID_NUMBER_FORMAT'],
  [29, 'FACILITY_REJECTED'],
  [30, 'RESPONSE_TO_STATUS_ENQUIRY'],
  [31, 'NORMAL_UNSPECIFIED'],
  [34, 'NORMAL_CIRCUIT_CONGESTION'],
  [38, 'NETWORK_OUT_OF_ORDER'],
  [41, 'NORMAL_TEMPORARY_FAILURE'],
  [42, 'SWITCH_CONGESTION'],
  [43, 'ACCESS_INFO_DISCARDED'],
  [44, 'REQUESTED_CHAN_UNAVAIL'],
  [45, 'PRE_EMPTED'],
  [47, 'RESOURCE_UNAVAILABLE'],
  [50, 'FACILITY_NOT_SUBSCRIBED'],
  [52, 'OUTGOING_CALL_BARRED'],
  [54, 'INCOMING_CALL_BARRED'],
  [57, 'BEARERCAPABILITY_NOTAUTH'],
  [58, 'BEARERCAPABILITY_NOTAVAIL'],
  [63, 'SERVICE_UNAVAILABLE'],
  [65, 'BEARERCAPABILITY_NOTIMPL'],
  [66, 'CHAN_NOT_IMPLEMENTED'],
  [69, 'FACILITY_NOT_IMPLEMENTED'],
  [79, 'SERVICE_NOT_IMPLEMENTED'],
  [81, 'INVALID_CALL_REFERENCE'],
  [88, 'INCOMPATIBLE_DESTINATION'],
  [95, 'INVALID_MSG_UNSPECIFIED'],
  [96, 'MANDATORY_IE_MISSING'],
  [97, 'MESSAGE_TYPE_NONEXIST'],
  [98, 'WRONG_MESSAGE'],
  [99, 'IE_NONEXIST'],
  [100, 'INVALID_IE_CONTENTS'],
  [101, 'WRONG_CALL_STATE'],
  [102, 'RECOVERY_ON_TIMER_EXPIRE'],
  [103, 'MANDATORY_IE_LENGTH_ERROR'],
  [111, 'PROTOCOL_ERROR'],
  [127, 'INTERWORKING'],
];

describe('outcome of a call', () => {
  for (const [what, call, ending, word] of DISPOSITIONS) {
    it(`${what} is ${word}`, () => {
      assert.equal(disposition(call, ending), word);
    });
  }
  for (const [status, name, code] of CAUSES) {
    it(`${status} is ${name} ${code}`, () => {
      assert.deepEqual(hangupCause(status), { name, code });
    });
  }
  it('a Q.850 cause from a Reason header wins', () => {
    assert.deepEqual(hangupCause(503, 17), { name: 'USER_BUSY', code: 17 });
    assert.deepEqual(hangupCause(486, 26), { name: 'NON_SELECTED_USER_CLEARING', code: 26 });
  });
  for (const [code, name] of Q850) {
    it(`the Q.850 cause ${code} is told by its own name, ${name}`, () => {
      assert.deepEqual(hangupCause(503, code), { name, code });
    });
  }
  it('a Q.850 cause that has no meaning is unspecified and keeps its code', () => {
    assert.deepEqual(hangupCause(503, 10), { name: 'NORMAL_UNSPECIFIED', code: 10 });
  });
  it('no status gives no cause', () => {
    assert.equal(hangupCause(undefined), undefined);
  });
});
