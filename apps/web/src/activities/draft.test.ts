import { expect, test } from 'vitest'
import { readDraft } from './draft.ts'

test('a draft is read as it was written, reply and note apart', () => {
  const draft = { mode: 'note', reply: 'Dear customer', note: 'for us' }
  expect(readDraft(JSON.stringify(draft))).toEqual(draft)
})

test('storage that holds something else gives an empty draft, not an error', () => {
  const empty = { mode: 'reply', reply: '', note: '' }
  for (const stored of [null, '', '{', '7', '{"mode":3,"reply":[]}']) expect(readDraft(stored)).toEqual(empty)
})
