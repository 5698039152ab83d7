import type { Chance } from './chance.ts'
import type { DemoCustomer } from './customers.ts'
import { HOUR } from './hours.ts'
import { COMPANY } from './staff.ts'
import type { Language, Slots } from './story.ts'

const COFFEES = [
  'Ethiopia Guji',
  'Colombia Huila',
  'Kenya Nyeri AA',
  'Guatemala Antigua',
  'Brazil Fazenda Rainha',
  'Harbour Espresso No. 3',
  'Rwanda Lake Kivu',
  'Peru Cajamarca',
  'Monsoon Malabar',
  'Decaf Swiss Water',
]
const MACHINES = ['Marina Duo', 'Marina Solo', 'Faro 2GR', 'Bora Compact', 'Tide One', 'Faro 3GR']
const GRINDERS = ['Kiel 64', 'Kiel 83', 'Mistral 54', 'Mistral 75']
const PARTS = ['group gasket', 'shower screen', 'steam tip', 'portafilter spring', 'drip tray', 'water filter']

/** What differs between two tickets of the same story. Dates are told as the customer's language tells them. */
export function drawSlots(
  luck: Chance,
  { customer, language, opened, agent }: { customer: DemoCustomer; language: Language; opened: number; agent: string },
): Slots {
  const [name, , city] = customer
  const person = name.replace(/ \(.*\)$/, '')
  const [product, other] = luck.shuffled(COFFEES)
  const locale = language === 'en' ? 'en-GB' : language
  const tell = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: COMPANY.time_zone })
  const daysOff = (days: number) => tell.format(opened + days * 24 * HOUR)
  const digits = (length: number) => String(luck.whole(10 ** (length - 1), 10 ** length - 1))
  const amount = luck.whole(1_850, 64_900) / 100
  return {
    name: person,
    first: addressed(person),
    agent,
    city,
    product: product ?? '',
    other: other ?? '',
    machine: luck.pick(MACHINES),
    grinder: luck.pick(GRINDERS),
    part: luck.pick(PARTS),
    bags: String(luck.whole(3, 24)),
    order: `HC-${digits(5)}`,
    invoice: `INV-${digits(5)}`,
    tracking: `JD0140${digits(8)}`,
    serial: `${luck.pick(['MD', 'FA', 'BC', 'KL'])}-${digits(6)}`,
    amount: new Intl.NumberFormat(locale, { style: 'currency', currency: 'EUR' }).format(amount),
    date: daysOff(-luck.whole(3, 9)),
    until: daysOff(luck.whole(3, 9)),
  }
}

/** Nobody greets a café by the first word of its name. */
function addressed(name: string): string {
  const is_business = /\b(The|Café|Hotel|Lighthouse|Bluebird|St\.)/.test(name)
  return is_business ? `${name.replace(/^The /, '')} team` : (name.split(' ')[0] ?? name)
}
