// The product "photos" and icons: SVG written here, handed to <image> as data URIs, so nothing is loaded.

const channels = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

/** Mixes a colour with another: `mix('#000000', '#ffffff', 0.25)` is a dark grey. */
const mix = (from, to, share) => {
  const target = channels(to);
  const mixed = channels(from).map((value, i) => Math.round(value + (target[i] - value) * share));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
};
const light = (hex, share) => mix(hex, '#ffffff', share);
const dark = (hex, share) => mix(hex, '#0b0f1a', share);
const isDark = (hex) => Math.max(...channels(hex)) < 96;

const linear = (id, from, to, direction = 'x1="0" y1="0" x2="1" y2="1"') =>
  `<linearGradient id="${id}" ${direction}><stop offset="0" stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient>`;

const SCREEN = linear('screen', '#1b2350', '#7a5cf0') + linear('glow', '#ff9d6c', '#ff5c8a');
const shadow = (y, rx) => `<ellipse cx="120" cy="${y}" rx="${rx}" ry="9" fill="#1a2233" opacity=".13"/>`;

const lens = (x, y, r) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="#12161f"/><circle cx="${x}" cy="${y}" r="${r * 0.62}" fill="#27314a"/><circle cx="${x - r * 0.25}" cy="${y - r * 0.25}" r="${r * 0.2}" fill="#8fa3d6"/>`;

/** Each draws one product in a colour, in a square of 240. */
const products = {
  phone: (c) => `<defs>${linear('a', light(c, 0.35), dark(c, 0.12))}${SCREEN}</defs>
    ${shadow(219, 74)}
    <rect x="48" y="26" width="94" height="190" rx="22" fill="${dark(c, 0.35)}"/>
    <rect x="50" y="28" width="90" height="186" rx="20" fill="url(#a)"/>
    <rect x="58" y="36" width="46" height="58" rx="15" fill="${dark(c, 0.18)}"/>
    ${lens(73, 52, 10)}${lens(73, 78, 10)}${lens(92, 65, 8)}
    <rect x="100" y="40" width="92" height="180" rx="21" fill="#0e1119"/>
    <rect x="105" y="45" width="82" height="170" rx="17" fill="url(#screen)"/>
    <path d="M105 158c22-30 52-8 82-40v80a17 17 0 0 1-17 17h-48a17 17 0 0 1-17-17z" fill="url(#glow)" opacity=".85"/>
    <path d="M105 184c26-18 50 6 82-18v32a17 17 0 0 1-17 17h-48a17 17 0 0 1-17-17z" fill="#ffd9a8" opacity=".55"/>
    <rect x="132" y="52" width="28" height="8" rx="4" fill="#0e1119"/>
    <text x="146" y="96" font-family="Helvetica,Arial,sans-serif" font-size="25" font-weight="300" fill="#fff" text-anchor="middle">9:41</text>`,

  earbuds: (c) => `<defs>${linear('a', light(c, 0.75), light(c, 0.1))}${linear('b', light(c, 0.5), dark(c, 0.1))}</defs>
    ${shadow(212, 78)}
    <path d="M50 124a70 62 0 0 1 140 0z" fill="url(#b)"/>
    <path d="M60 120a60 52 0 0 1 120 0z" fill="${dark(c, 0.28)}" opacity=".5"/>
    <g><rect x="84" y="92" width="17" height="62" rx="8.5" fill="url(#a)"/><circle cx="91" cy="88" r="20" fill="url(#a)"/><ellipse cx="87" cy="85" rx="7" ry="9" fill="${dark(c, 0.6)}"/></g>
    <g><rect x="139" y="92" width="17" height="62" rx="8.5" fill="url(#a)"/><circle cx="149" cy="88" r="20" fill="url(#a)"/><ellipse cx="153" cy="85" rx="7" ry="9" fill="${dark(c, 0.6)}"/></g>
    <path d="M46 134q0-8 8-8h132q8 0 8 8v24a52 52 0 0 1-52 52H98a52 52 0 0 1-52-52z" fill="url(#a)"/>
    <path d="M46 134q0-8 8-8h132q8 0 8 8v3H46z" fill="#fff" opacity=".45"/>
    <circle cx="120" cy="160" r="3.5" fill="#49c98a"/>`,

  watch: (
    c,
  ) => `<defs>${linear('a', light(c, 0.15), dark(c, 0.12), 'x1="0" y1="0" x2="1" y2="0"')}${linear('m', '#f2f4f8', '#8e97a8')}</defs>
    ${shadow(224, 44)}
    <path d="M88 78l7-46q2-10 12-10h26q10 0 12 10l7 46z" fill="url(#a)"/>
    <path d="M88 162l7 46q2 10 12 10h26q10 0 12-10l7-46z" fill="url(#a)"/>
    <g fill="${dark(c, 0.3)}"><rect x="116" y="196" width="8" height="4" rx="2"/><rect x="116" y="186" width="8" height="4" rx="2"/><rect x="116" y="206" width="8" height="4" rx="2"/></g>
    <rect x="178" y="108" width="11" height="22" rx="5" fill="#8e97a8"/>
    <circle cx="120" cy="120" r="62" fill="url(#m)"/><circle cx="120" cy="120" r="55" fill="#0d1017"/>
    <g fill="none" stroke-width="6" stroke-linecap="round"><circle cx="120" cy="120" r="45" stroke="#222a3a"/><path d="M120 75a45 45 0 1 1-43 58" stroke="${light(c, 0.12)}"/>
    <circle cx="120" cy="120" r="35" stroke="#1b2230"/><path d="M120 85a35 35 0 0 1 24 60" stroke="#57c7ff"/></g>
    <text x="120" y="127" font-family="Helvetica,Arial,sans-serif" font-size="21" font-weight="500" fill="#fff" text-anchor="middle">10:09</text>`,

  tablet: (
    c,
  ) => `<defs>${linear('a', light(c, 0.5), dark(c, 0.05))}${linear('s', '#fbe7d3', '#d6c8ff')}${linear('h', '#8f7bea', '#5b4bc4')}</defs>
    ${shadow(206, 92)}
    <rect x="22" y="48" width="188" height="146" rx="16" fill="${dark(c, 0.25)}"/><rect x="24" y="50" width="184" height="142" rx="14" fill="#10131b"/>
    <rect x="32" y="58" width="168" height="126" rx="8" fill="url(#s)"/>
    <circle cx="154" cy="92" r="17" fill="#ffb27a"/>
    <path d="M32 150l44-44 34 34 24-22 66 58a8 8 0 0 1-8 8H40a8 8 0 0 1-8-8z" fill="url(#h)"/>
    <path d="M32 166l36-24 40 30 42-24 50 30a8 8 0 0 1-8 6H40a8 8 0 0 1-8-8z" fill="#3f3593"/>
    <rect x="216" y="62" width="9" height="116" rx="4.5" fill="url(#a)"/><path d="M216 170l4.5 18 4.5-18z" fill="#39404f"/>`,

  laptop: (
    c,
  ) => `<defs>${linear('a', light(c, 0.45), dark(c, 0.1), 'x1="0" y1="0" x2="0" y2="1"')}${linear('s', '#0f2447', '#2f6df0')}</defs>
    ${shadow(196, 104)}
    <rect x="40" y="50" width="160" height="116" rx="10" fill="${dark(c, 0.55)}"/><rect x="46" y="56" width="148" height="100" rx="5" fill="url(#s)"/>
    <path d="M46 130c40-50 84 10 148-48v69a5 5 0 0 1-5 5H51a5 5 0 0 1-5-5z" fill="#63d0ff" opacity=".45"/>
    <path d="M46 146c50-34 90 6 148-30v35a5 5 0 0 1-5 5H51a5 5 0 0 1-5-5z" fill="#b9f0ff" opacity=".5"/>
    <path d="M40 164h160l22 20q2 8-8 8H26q-10 0-8-8z" fill="url(#a)"/><path d="M18 184h204q2 8-8 8H26q-10 0-8-8z" fill="${dark(c, 0.2)}"/>
    <path d="M56 168h128l7 7H49z" fill="${dark(c, 0.5)}" opacity=".55"/><path d="M100 178h40l3 5H97z" fill="${dark(c, 0.22)}" opacity=".7"/>`,

  charger: (c) => `<defs>${linear('a', light(c, 0.7), light(c, 0.05))}${linear('b', light(c, 0.2), dark(c, 0.18))}</defs>
    ${shadow(212, 62)}
    <path d="M70 70l22-16h84l-20 16z" fill="${light(c, 0.8)}"/><path d="M156 70l20-16v126l-20 26z" fill="url(#b)"/>
    <rect x="64" y="68" width="96" height="140" rx="14" fill="url(#a)"/>
    <rect x="94" y="34" width="7" height="24" rx="2" fill="#aab2c0"/><rect x="132" y="34" width="7" height="24" rx="2" fill="#aab2c0"/>
    <rect x="96" y="92" width="32" height="12" rx="6" fill="#2a303c"/><rect x="96" y="120" width="32" height="12" rx="6" fill="#2a303c"/><rect x="94" y="148" width="36" height="15" rx="2" fill="#2a303c"/><rect x="99" y="157" width="26" height="4" fill="#ff8a3d"/>
    <text x="112" y="192" font-family="Helvetica,Arial,sans-serif" font-size="15" font-weight="700" fill="${isDark(c) ? light(c, 0.7) : dark(c, 0.45)}" text-anchor="middle">65W</text>`,

  keyboard: (c) => {
    const rows = [13, 13, 12, 12].map((count, row) =>
      Array.from({ length: count }, (_, i) => {
        const width = (188 - (count - 1) * 3) / count;
        const accent = (row === 0 && i === 0) || (row === 2 && i === count - 1);
        const fill = accent ? c : i > count - 2 || i === 0 ? light(c, 0.62) : '#ffffff';
        return `<rect x="${(26 + i * (width + 3)).toFixed(1)}" y="${86 + row * 17}" width="${width.toFixed(1)}" height="14" rx="3" fill="${fill}"/>`;
      }).join(''),
    );
    return `<defs>${linear('a', light(c, 0.35), dark(c, 0.1), 'x1="0" y1="0" x2="0" y2="1"')}</defs>
    ${shadow(192, 104)}<g transform="rotate(-6 120 124)">
    <rect x="16" y="76" width="208" height="104" rx="14" fill="${dark(c, 0.3)}"/><rect x="16" y="72" width="208" height="102" rx="14" fill="url(#a)"/>
    <rect x="22" y="82" width="196" height="86" rx="7" fill="${dark(c, 0.55)}"/>${rows.join('')}
    <rect x="26" y="154" width="36" height="12" rx="3" fill="${light(c, 0.62)}"/><rect x="65" y="154" width="92" height="12" rx="3" fill="#fff"/><rect x="160" y="154" width="54" height="12" rx="3" fill="${light(c, 0.62)}"/></g>`;
  },

  speaker: (c) => {
    const holes = [];
    for (let y = 0; y < 9; y++) {
      for (let x = 0; x < 11; x++) {
        const dx = 70 + x * 10 + (y % 2) * 5;
        const dy = 92 + y * 10;
        if ((dx - 122) ** 2 / 3400 + (dy - 132) ** 2 / 1900 < 1) holes.push(`<circle cx="${dx}" cy="${dy}" r="2.3"/>`);
      }
    }
    return `<defs>${linear('a', light(c, 0.45), dark(c, 0.15))}</defs>${shadow(206, 74)}
    <path d="M170 66c34-12 34 26 12 28" fill="none" stroke="${dark(c, 0.4)}" stroke-width="7" stroke-linecap="round"/>
    <rect x="42" y="62" width="156" height="142" rx="62" fill="${dark(c, 0.25)}"/><rect x="42" y="58" width="156" height="142" rx="62" fill="url(#a)"/>
    <g fill="${dark(c, 0.45)}" opacity=".75">${holes.join('')}</g>
    <rect x="102" y="68" width="36" height="9" rx="4.5" fill="#fff" opacity=".55"/>`;
  },

  camera: (c) => `<defs>${linear('a', light(c, 0.28), dark(c, 0.25))}</defs>
    ${shadow(202, 78)}
    <rect x="38" y="64" width="164" height="130" rx="28" fill="${dark(c, 0.45)}"/><rect x="38" y="60" width="164" height="130" rx="28" fill="url(#a)"/>
    <rect x="60" y="48" width="40" height="16" rx="6" fill="${dark(c, 0.3)}"/><circle cx="80" cy="52" r="6" fill="#f2552c"/>
    <rect x="52" y="80" width="46" height="54" rx="10" fill="#0e1119"/><path d="M60 118l10-16 8 10 5-7 8 13z" fill="#5fc1ff"/><circle cx="84" cy="94" r="4" fill="#ffcf7a"/>
    <circle cx="146" cy="124" r="48" fill="#0c0f16"/><circle cx="146" cy="124" r="40" fill="#1d2536"/><circle cx="146" cy="124" r="28" fill="#0b0e15"/><circle cx="146" cy="124" r="19" fill="#2b3f78"/><circle cx="146" cy="124" r="10" fill="#111a38"/>
    <path d="M124 108a28 28 0 0 1 18-11" stroke="#b9ccff" stroke-width="5" stroke-linecap="round" fill="none" opacity=".8"/>
    <circle cx="64" cy="164" r="5" fill="#49c98a"/>
    <text x="78" y="169" font-family="Helvetica,Arial,sans-serif" font-size="13" font-weight="700" fill="#fff" opacity=".7">4K</text>`,

  mouse: (c) => `<defs>${linear('a', light(c, 0.6), dark(c, 0.08))}</defs>
    ${shadow(214, 52)}<g transform="rotate(10 120 122)">
    <path d="M66 110a54 74 0 0 1 108 0v42a54 60 0 0 1-108 0z" fill="${dark(c, 0.3)}"/>
    <path d="M66 106a54 74 0 0 1 108 0v42a54 60 0 0 1-108 0z" fill="url(#a)"/>
    <path d="M120 32v70M66.5 112c34 12 73 12 107 0" fill="none" stroke="${dark(c, 0.35)}" stroke-width="2" opacity=".55"/>
    <rect x="111" y="54" width="18" height="38" rx="9" fill="${dark(c, 0.65)}"/><rect x="115" y="60" width="10" height="22" rx="5" fill="${light(c, 0.3)}"/>
    <path d="M78 150a42 46 0 0 0 26 38" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".4"/></g>`,
};

const strokes = {
  search: '<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>',
  home: '<path d="M4 11l8-7 8 7v8a1.5 1.5 0 0 1-1.5 1.5H15V15H9v5.5H5.5A1.5 1.5 0 0 1 4 19z"/>',
  cart: '<path d="M3 4h2.5l2.2 11h9.8L20 7.5H6.3"/><circle cx="9" cy="19" r="1.4"/><circle cx="16.5" cy="19" r="1.4"/>',
  share: '<path d="M12 14V4M8.5 7L12 3.5 15.5 7M6 11H5v9h14v-9h-1"/>',
  plus: '<path d="M12 5.5v13M5.5 12h13"/>',
  check: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  chevron: '<path d="M9.5 5.5L16 12l-6.5 6.5"/>',
  pin: '<path d="M12 21s-6.5-5.5-6.5-11a6.5 6.5 0 0 1 13 0c0 5.5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>',
  shield: '<path d="M12 3.5l7 2.5v5c0 4.5-3 7.8-7 9.5-4-1.7-7-5-7-9.5V6z"/><path d="M9 12l2.2 2.2L15.2 10"/>',
  truck:
    '<path d="M3 6.5h10.5v10H3zM13.5 10H18l3 3.2v3.3h-7.5z"/><circle cx="7" cy="18" r="1.7"/><circle cx="17" cy="18" r="1.7"/>',
  refresh: '<path d="M19.5 12a7.5 7.5 0 1 1-2.3-5.4M19.5 4v4h-4"/>',
  ticket:
    '<path d="M4 7h16v3.2a1.8 1.8 0 0 0 0 3.6V17H4v-3.2a1.8 1.8 0 0 0 0-3.6z"/><path d="M14 8v1.5M14 11.3v1.5M14 14.5V16"/>',
  trash: '<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7"/>',
  person: '<circle cx="12" cy="8.5" r="4"/><path d="M4.5 20.5c.8-4.3 3.7-6.3 7.5-6.3s6.7 2 7.5 6.3"/>',
  globe: '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17M12 3.5c-5 5.5-5 11.5 0 17"/>',
  receipt: '<path d="M6 3.5h12v17l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5zM9 8.5h6M9 12.5h6"/>',
};

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of ASCII text; a mini-program has no `btoa`. */
const base64 = (ascii) => {
  let encoded = '';
  for (let at = 0; at < ascii.length; at += 3) {
    const [a, b, c] = [0, 1, 2].map((next) => ascii.charCodeAt(at + next)); // NaN, which shifts to 0, past the end
    encoded += DIGITS[a >> 2] + DIGITS[((a & 3) << 4) | (b >> 4)];
    encoded += at + 1 < ascii.length ? DIGITS[((b & 15) << 2) | (c >> 6)] : '=';
    encoded += at + 2 < ascii.length ? DIGITS[c & 63] : '=';
  }
  return encoded;
};

const uris = new Map();

/** The SVG as a data URI. In Base64: WeChat puts it into a CSS `url()`, which brackets left unescaped would end. */
const uri = (svg) => {
  if (!uris.has(svg)) uris.set(svg, `data:image/svg+xml;base64,${base64(svg.replace(/\s*\n\s*/g, ''))}`);
  return uris.get(svg);
};

const svg = (viewBox, body) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}" width="480" height="480">${body}</svg>`;

/** The picture of a product in a colour, without a background. */
const picture = (product, hex = product.colors[0].hex) => uri(svg('0 0 240 240', products[product.drawing](hex)));

/** The pictures of the product page: the whole product, on a stage, close up. */
const gallery = (product, hex) => {
  const body = products[product.drawing](hex);
  const stage =
    '<g fill="#fff"><circle cx="120" cy="122" r="116" opacity=".4"/><circle cx="120" cy="122" r="92" opacity=".5"/></g>';
  return [
    { id: 'whole', picture: uri(svg('-20 -16 280 280', body)) },
    { id: 'stage', picture: uri(svg('0 0 240 240', `${stage}<g transform="translate(36 38) scale(.7)">${body}</g>`)) },
    { id: 'close', picture: uri(svg('44 30 130 130', `<rect width="240" height="240" fill="#fff" opacity=".6"/>${body}`)) },
  ];
};

const icon = (name, hex) =>
  uri(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="48" height="48" fill="none" stroke="${hex}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">${strokes[name]}</svg>`,
  );

/** Icons by name, each in the colour given for it. */
const icons = (colours) =>
  Object.keys(colours).reduce((all, name) => Object.assign(all, { [name]: icon(name, colours[name]) }), {});

module.exports = { picture, gallery, icon, icons };
