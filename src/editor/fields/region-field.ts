import { REGIONS } from '../checks/regions';

/** Offers the countries by their names, and says which one it is. */
export function offerRegions(): void {
  const names = new Intl.DisplayNames([RED.i18n.lang() ?? 'en-US', 'en-US'], { type: 'region' });
  const field = $('#node-config-input-region').attr('list', 'microsip-regions');
  const list = $('<datalist id="microsip-regions">').insertAfter(field);
  for (const region of REGIONS)
    $('<option>')
      .attr({ value: region, label: names.of(region) ?? region })
      .appendTo(list);
  const name = $('#microsip-region-name');
  field
    .on('input change', () => {
      const region = String(field.val()).toUpperCase();
      name.text(REGIONS.includes(region) ? (names.of(region) ?? '') : '');
    })
    .trigger('input');
}
