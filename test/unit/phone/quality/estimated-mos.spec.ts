import assert from 'node:assert/strict';
import { meanOpinionScore, transmissionRating } from '../../../../src/phone/quality/e-model';
import { estimatedMos } from '../../../../src/phone/quality/estimated-mos';

const G711 = { ie: 0, bpl: 25.1 };
const near = (value: number, expected: number, within: number): void => {
  assert.ok(Math.abs(value - expected) <= within, `${value} is not ${expected}`);
};

describe('the E-model', () => {
  it('gives the rating of a connection with all default values', () => {
    near(transmissionRating(G711, 0, 0), 93.2, 0.05);
  });

  it('takes off what a codec, losses and the delay cost', () => {
    near(transmissionRating({ ie: 11, bpl: 19 }, 0, 0), 82.2, 0.05);
    near(transmissionRating(G711, 5, 0), 93.2 - (95 * 5) / 30.1, 0.05);
    near(transmissionRating({ ie: 11, bpl: 19 }, 2, 0), 82.2 - (84 * 2) / 21, 0.05);
    // Of the curve of ITU-T G.114, figure 1: R over the mouth-to-ear delay.
    near(transmissionRating(G711, 0, 150), 89, 1);
    near(transmissionRating(G711, 0, 400), 62, 1.5);
  });

  it('knows what listeners make of a rating', () => {
    // ITU-T G.107, Annex B, table B.1.
    for (const [rating, mos] of [
      [90, 4.34],
      [80, 4.03],
      [70, 3.6],
      [60, 3.1],
      [50, 2.58],
    ] as const) {
      near(meanOpinionScore(rating), mos, 0.01);
    }
    for (let rating = -50; rating < 150; rating += 0.5) {
      const mos = meanOpinionScore(rating);
      assert.ok(mos >= 1 && mos <= 4.5, String(rating));
    }
  });
});

describe('the estimated MOS of a call', () => {
  const received = { packets: 500, lossPercent: 0, discardedPercent: 0 };
  const quality = { codec: 'PCMU', clockRate: 8000, received };

  it('falls with losses, with what came too late, and with the delay', () => {
    assert.equal(estimatedMos(quality), 4.4);
    assert.equal(estimatedMos({ ...quality, received: { ...received, lossPercent: 5 } }), 3.9);
    assert.equal(estimatedMos({ ...quality, received: { ...received, lossPercent: 3, discardedPercent: 2 } }), 3.9);
    assert.equal(estimatedMos({ ...quality, rttMs: 23.1 }), 4.4);
    assert.ok((estimatedMos({ ...quality, rttMs: 800 }) ?? 5) < 3.3);
    assert.equal(estimatedMos({ ...quality, received: { ...received, lossPercent: 100, discardedPercent: 100 } }), 1.2);
  });

  it('knows codecs in any case', () => {
    assert.equal(estimatedMos({ ...quality, codec: 'pcma' }), 4.4);
    assert.equal(estimatedMos({ ...quality, codec: 'G729' }), 4.1);
  });

  it('is unknown where it would be guessed', () => {
    for (const codec of ['opus', 'G722', 'iLBC', 'GSM', 'speex', 'constructor', '']) {
      assert.equal(estimatedMos({ ...quality, codec }), undefined, codec);
    }
    assert.equal(estimatedMos({ ...quality, received: { ...received, packets: 49 } }), undefined);
    assert.equal(estimatedMos({ ...quality, received: { lossPercent: 0 } }), undefined);
    assert.equal(estimatedMos({ ...quality, received: { packets: 500 } }), undefined);
    assert.equal(estimatedMos({}), undefined);
  });
});
