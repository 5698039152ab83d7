import { ERROR_STATUS, EVENTS } from '@tessera/contract'
import { expect, test } from 'vitest'
import de from './de.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }

type Texts = { [key: string]: string | Texts }

function flatten(texts: Texts, path = ''): [key: string, text: string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flatten(value, `${path}${key}.`),
  )
}

const english = flatten(en)
const german = flatten(de)

test('English and German say the same things: no key is missing on either side', () => {
  expect(german.map(([key]) => key).sort()).toEqual(english.map(([key]) => key).sort())
})

test('no text is empty', () => {
  expect([...english, ...german].filter(([, text]) => text.trim() === '')).toEqual([])
})

test('a translation fills in the same values as its original', () => {
  const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name).sort()
  const originals = new Map(english)
  for (const [key, text] of german) {
    expect([key, placeholders(text)]).toEqual([key, placeholders(originals.get(key) ?? '')])
  }
})

test('every error the server can answer has a sentence', () => {
  expect(Object.keys(en.errors)).toEqual(expect.arrayContaining(Object.keys(ERROR_STATUS)))
})

test('every event of the audit trail has a name', () => {
  expect(Object.keys(en.audit.events).sort()).toEqual(
    Object.keys(EVENTS)
      .map((name) => name.replaceAll('.', '_'))
      .sort(),
  )
})
