export interface Acknowledged {
  ticket_number: string
  inbox_name: string
}

/** What a customer reads at once. It repeats nothing of their mail, which may be a forgery meant for somebody else. */
export function acknowledgementText({ ticket_number, inbox_name }: Acknowledged): string {
  return `Hello,

thank you for your message. It has arrived and is now ticket ${ticket_number}.

We will answer you by mail. If you want to add something, simply reply to this mail.

${inbox_name}
`
}
