import type { FlagField, TextField } from '../contact';

/** What a field of somebody's contact holds; `names` and `postal` have their parts in the order of vCard (RFC 6350). */
export type FieldKind = TextField | FlagField | 'company' | 'names' | 'postal';

/**
 * How real exports name their fields: MicroSIP's own, telephone systems (3CX, Yealink, Cisco, Snom), Outlook, Google,
 * Microsoft Graph, LDAP, vCard, in the languages of this package. Case, blanks, accents and signs do not count.
 */
const NAMES: Record<FieldKind, string> = {
  number:
    'number,primary phone,extension,ext,sip,sip number,sip address,uri,nummer,rufnummer,durchwahl,numero,número,номер,добавочный,番号,内線,内線番号,号码,分机',
  name: 'name,names,display name,full name,fn,cn,contact,contact name,formatted name,anzeigename,vollständiger name,nombre completo,nom complet,nome completo,фио,имя и фамилия,名前,氏名,姓名,名称',
  firstname: 'first name,given name,forename,vorname,nombre,prénom,nome,primeiro nome,имя,名,名字',
  lastname:
    'last name,surname,family name,sn,nachname,familienname,apellido,apellidos,nom,nom de famille,sobrenome,фамилия,姓',
  phone:
    'phone,phones,telephone,tel,phone number,phone numbers,telephone number,main phone,business phone,business phones,work phone,office phone,company main phone,home phone,home phones,phone work,phone home,telefon,telefonnummer,telefon geschäftlich,telefon privat,teléfono,téléphone,telefone,телефон,рабочий телефон,電話,電話番号,电话,电话号码',
  mobile:
    'mobile,mobile phone,mobile number,mobile telephone number,cell,cell phone,cellular,handy,mobil,mobiltelefon,handynummer,móvil,celular,portable,mobile pro,gsm,мобильный,мобильный телефон,携帯,携帯電話,手机,手机号码',
  email:
    'email,emails,mail,e-mail address,email address,email addresses,correo,correo electrónico,courriel,почта,メール,邮箱',
  address: 'address,street,street address,business street,adresse,straße,dirección,endereço,адрес,住所,地址',
  city: 'city,town,l,business city,ort,stadt,ciudad,ville,cidade,город,市区町村,城市',
  state: 'state,province,region,st,bundesland,provincia,estado,область,都道府県,省',
  zip: 'zip,zip code,postal code,post code,plz,postleitzahl,código postal,code postal,cep,индекс,郵便番号,邮编',
  comment:
    'comment,comments,note,notes,remark,remarks,bemerkung,notiz,notizen,comentario,commentaire,комментарий,備考,备注',
  id: 'id,uid',
  info: 'info',
  presence: 'presence',
  starred: 'starred,star,favorite,favourite,favorit,favorito,favori,избранное,お気に入り,收藏',
  company:
    'company,company name,organization,organisation,organization name,o,org,firma,empresa,société,компания,会社,会社名,公司',
  names: 'n',
  postal: 'adr',
};

const NOT_LETTERS = /[^\p{L}\p{N}]/gu;
const ACCENTS = /\p{M}/gu;
/** `Phone 2`, `Phone 1 - Value`, `telephone3`. */
const NUMBERED = /^(phone|telephone|tel|email|number)\d{1,2}(?:value)?$/;
/** Of a name that nobody gave a field on purpose. */
const LONGEST_NAME = 60;

const KINDS = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) => names.split(',').map((name) => [plain(name), kind as FieldKind])),
);

/** Lists have the same few names thousands of times. */
const known = new Map<string, FieldKind | null>();
const MOST_KNOWN = 1000;

/** @returns undefined for a field that MicroSIP has no use for */
export function fieldKind(name: string): FieldKind | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const before = known.get(name);
  if (before !== undefined) return before ?? undefined;
  const kind = kindOf(plain(name));
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, kind ?? null);
  return kind;
}

function kindOf(name: string): FieldKind | undefined {
  const one = NUMBERED.exec(name)?.[1];
  if (one === 'number') return 'phone';
  return KINDS.get(one ?? name);
}

function plain(name: string): string {
  return name.normalize('NFKD').replace(ACCENTS, '').replace(NOT_LETTERS, '').toLowerCase();
}
