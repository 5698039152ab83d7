import type { Page } from '@playwright/test'
import { expect, test } from '../journey.ts'
import { ADMINISTRATOR, customer, INBOX } from '../people.ts'

const SUBJECT = 'The grinder stops after two cups'
const QUESTION = 'Good morning,\n\nour grinder stops after two cups. What can we do?\n\nClara'
const REPLY = 'Please clean the sensor under the lid and tell us whether that helped.'
const NOTE = 'Third grinder of this series within a month.'
const DELIVERED = 'Tessera: Mail delivery changed'
const ANSWER = 'It helped, thank you very much!'

test('a customer’s mail becomes a ticket that is answered, answered back and resolved', async ({ page, desk }) => {
  const clara = customer(desk, 'Clara Moreno')
  let loads = 0
  await page.goto('/tickets')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  page.on('load', () => {
    loads += 1
  })

  const asked = await clara.write({ subject: SUBJECT, text: QUESTION })

  const row = page.getByRole('row').filter({ hasText: SUBJECT })
  await expect(row).toBeVisible()
  await expect(row).toContainText(clara.full_name)
  await expect(row).toContainText('New')
  const number = (await row.textContent())?.match(/TKT-\d{4}-\d{6}/)?.[0] ?? ''
  expect(number).not.toBe('')

  const acknowledgement = await clara.receives(number)
  expect(acknowledgement.parsed.subject).toContain(`[${number}]`)
  expect(acknowledgement.parsed.inReplyTo).toBe(asked)

  await row.getByRole('link', { name: SUBJECT }).click()
  await expect(page.getByRole('heading', { name: SUBJECT })).toContainText(number)
  const conversation = page.getByRole('region', { name: 'Conversation' })
  await expect(conversation.getByRole('article', { name: `${clara.full_name} Customer` })).toContainText(
    'stops after two cups',
  )

  await page.getByRole('textbox', { name: 'Reply' }).fill(REPLY)
  await page.getByRole('button', { name: 'Send reply' }).click()
  const reply = conversation.getByRole('article', { name: `${ADMINISTRATOR.full_name} Reply` })
  await expect(reply).toContainText(REPLY)
  await expect(page.getByRole('textbox', { name: 'Reply' })).toHaveValue('')

  const { parsed: received } = await clara.receives(REPLY)
  expect(received.subject).toBe(`Re: ${SUBJECT} [${number}]`)
  expect(received.messageId).toMatch(/^<[^<>\s]+@northwind\.test>$/)
  expect(received.inReplyTo).toBe(asked)
  expect([received.references].flat()).toContain(asked)
  expect(received.from?.value).toEqual([{ name: ADMINISTRATOR.full_name, address: INBOX.address }])
  const replyTo = received.replyTo?.value[0]?.address ?? ''
  expect(replyTo).toMatch(/^support\+[^@]+@northwind\.test$/)
  await expect(reply).toContainText('Sent')

  await page.getByRole('button', { name: 'Internal note' }).click()
  await page.getByRole('textbox', { name: 'Internal note' }).fill(NOTE)
  await page.getByRole('button', { name: 'Add note' }).click()
  await expect(conversation.getByRole('article', { name: `${ADMINISTRATOR.full_name} Internal note` })).toContainText(
    NOTE,
  )

  await clara.write({
    to: replyTo,
    subject: received.subject ?? '',
    text: `${ANSWER}\n\nOn Monday, ${INBOX.name} wrote:\n> ${REPLY}\n`,
    in_reply_to: received.messageId ?? '',
    references: [asked, received.messageId ?? ''],
  })
  const answer = conversation.getByRole('article', { name: `${clara.full_name} Customer` }).filter({ hasText: ANSWER })
  await expect(answer).toBeVisible()
  await expect(answer.getByText(REPLY)).toBeHidden()
  await answer.getByRole('button', { name: 'Show quoted text' }).click()
  await expect(answer.getByText(REPLY)).toBeVisible()

  // The first reply has taken the ticket up.
  await page.getByRole('button', { name: 'Status: In progress' }).click()
  await page.getByRole('menuitem', { name: 'Resolved' }).click()
  const dialog = page.getByRole('dialog', { name: 'Resolve this ticket' })
  await dialog.getByLabel('Resolution').selectOption('Solved')
  await dialog.getByRole('button', { name: 'Resolve' }).click()
  await expect(page.getByRole('button', { name: 'Status: Resolved' })).toBeVisible()
  expect(loads, 'the page was never loaded again').toBe(0)

  await page.getByRole('link', { name: 'Audit trail' }).click()
  await expect(page.getByRole('heading', { name: 'Audit trail' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Ticket created' }).first()).toBeVisible()
  const steps = await stepsOfNewestTicket(page)
  expect(steps.filter((step) => step !== DELIVERED)).toEqual([
    'Tessera: Ticket created',
    `${ADMINISTRATOR.full_name}: Message added`,
    `${ADMINISTRATOR.full_name}: Status changed`,
    `${ADMINISTRATOR.full_name}: Message added`,
    'Tessera: Message added',
    `${ADMINISTRATOR.full_name}: Status changed`,
  ])
  expect(
    steps.filter((step) => step === DELIVERED),
    'acknowledgement and reply',
  ).toHaveLength(2)

  await page.getByRole('link', { name: 'Tickets' }).click()
  await expect(page.getByRole('row').filter({ hasText: SUBJECT })).toContainText('Resolved')
})

/** Who did what, oldest first, as the audit trail tells it. */
async function stepsOfNewestTicket(page: Page): Promise<string[]> {
  const rows = page.getByRole('row').filter({ has: page.getByRole('link', { name: 'Open ticket' }) })
  const steps = await Promise.all(
    (await rows.all()).map(async (row) => {
      const who = await row.getByRole('cell').nth(1).textContent()
      return `${who}: ${await row.getByRole('button').textContent()}`
    }),
  )
  const first = steps.findIndex((step) => step.endsWith('Ticket created'))
  return steps.slice(0, first + 1).reverse()
}
