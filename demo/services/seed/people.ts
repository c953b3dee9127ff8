/** Where seeded people live: names, addresses and habits of a handful of countries. */
export interface Country {
  code: string;
  currency: string;
  locale: string;
  timeZone: string;
  phonePrefix: string;
  given: readonly string[];
  family: readonly string[];
  streets: readonly string[];
  cities: readonly { city: string; region: string | null; postalCode: string }[];
}

export const countries: readonly Country[] = [
  {
    code: 'NL',
    currency: 'EUR',
    locale: 'nl-NL',
    timeZone: 'Europe/Amsterdam',
    phonePrefix: '+316',
    given: ['Sanne', 'Daan', 'Lotte', 'Bram', 'Femke', 'Sem', 'Noor', 'Thijs', 'Maud', 'Jurre'],
    family: ['de Vries', 'Bakker', 'Visser', 'Mulder', 'Osei', 'Dekker', 'Yilmaz', 'Kuipers'],
    streets: ['Kanaalweg', 'Oudegracht', 'Lindenlaan', 'Havenstraat'],
    cities: [
      { city: 'Utrecht', region: null, postalCode: '3526 KL' },
      { city: 'Rotterdam', region: null, postalCode: '3011 AB' },
    ],
  },
  {
    code: 'DE',
    currency: 'EUR',
    locale: 'de-DE',
    timeZone: 'Europe/Berlin',
    phonePrefix: '+4915',
    given: ['Lena', 'Jonas', 'Mia', 'Emre', 'Greta', 'Paul', 'Zoë', 'Till', 'Jule', 'Ansgar'],
    family: ['Müller', 'Schäfer', 'Krüger', 'Weiß', 'Kaya', 'Lorenz', 'Brandt', 'Vogt'],
    streets: ['Gartenstraße', 'Am Markt', 'Schillerallee', 'Uferweg'],
    cities: [
      { city: 'Leipzig', region: 'Sachsen', postalCode: '04109' },
      { city: 'Köln', region: 'Nordrhein-Westfalen', postalCode: '50667' },
    ],
  },
  {
    code: 'FR',
    currency: 'EUR',
    locale: 'fr-FR',
    timeZone: 'Europe/Paris',
    phonePrefix: '+336',
    given: ['Chloé', 'Hugo', 'Inès', 'Louis', 'Maëlle', 'Youssef', 'Anaïs', 'Théo'],
    family: ['Dubois', 'Lefèvre', 'Benali', 'Moreau', 'Girard', 'Petit', 'Roux'],
    streets: ['rue des Lilas', 'avenue de la Gare', 'quai Voltaire'],
    cities: [
      { city: 'Lyon', region: null, postalCode: '69002' },
      { city: 'Nantes', region: null, postalCode: '44000' },
    ],
  },
  {
    code: 'GB',
    currency: 'GBP',
    locale: 'en-GB',
    timeZone: 'Europe/London',
    phonePrefix: '+447',
    given: ['Amelia', 'Oliver', 'Priya', 'Callum', 'Niamh', 'Kwame', 'Isla', 'Rhys', 'Freya', 'Imran'],
    family: ["O'Brien", 'Patel', 'Hughes', 'Mensah', 'Fraser', 'Whitfield', 'Begum', 'Clarke'],
    streets: ['Station Road', 'Mill Lane', 'Queen Street', 'The Crescent'],
    cities: [
      { city: 'Bristol', region: null, postalCode: 'BS1 4DJ' },
      { city: 'Leeds', region: null, postalCode: 'LS1 5QS' },
    ],
  },
  {
    code: 'US',
    currency: 'USD',
    locale: 'en-US',
    timeZone: 'America/Chicago',
    phonePrefix: '+1312',
    given: ['Grace', 'Mateo', 'Aaliyah', 'Ethan', 'Sofia', 'Wei', 'Harper', 'Diego', 'Naomi', 'Caleb'],
    family: ['Johnson', 'Rivera', 'Nguyen', 'Kim', 'Washington', 'Cohen', 'Lopez', 'Schmidt'],
    streets: ['Maple Ave', 'W Lake St', 'Cedar Dr', 'Main St'],
    cities: [
      { city: 'Chicago', region: 'IL', postalCode: '60601' },
      { city: 'Austin', region: 'TX', postalCode: '78701' },
    ],
  },
  {
    code: 'JP',
    currency: 'JPY',
    locale: 'ja-JP',
    timeZone: 'Asia/Tokyo',
    phonePrefix: '+8190',
    given: ['Yui', 'Haruto', 'Sakura', 'Ren', 'Hina', 'Sota', 'Aoi', 'Minato'],
    family: ['Sato', 'Suzuki', 'Takahashi', 'Watanabe', 'Ito', 'Yamamoto', 'Kobayashi'],
    streets: ['Jingumae', 'Honmachi', 'Nishiki'],
    cities: [
      { city: 'Shibuya', region: 'Tokyo', postalCode: '150-0001' },
      { city: 'Kyoto', region: 'Kyoto', postalCode: '604-8005' },
    ],
  },
  {
    code: 'KW',
    currency: 'KWD',
    locale: 'ar-KW',
    timeZone: 'Asia/Kuwait',
    phonePrefix: '+9655',
    given: ['Fatima', 'Omar', 'Layla', 'Yousef', 'Dana', 'Khalid'],
    family: ['Al-Sabah', 'Haddad', 'Al-Mutairi', 'Al-Rashid', 'Behbehani'],
    streets: ['Gulf Road', 'Salem Al Mubarak Street'],
    cities: [{ city: 'Kuwait City', region: null, postalCode: '13001' }],
  },
];
