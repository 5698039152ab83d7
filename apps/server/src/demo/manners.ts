import type { Language } from './story.ts'

type Frame = readonly [opening: string, closing: string]

/** How people begin and end a letter. `{name}` and `{first}` are the customer's, `{agent}` signs for the company. */
export const MANNERS: Readonly<Record<Language, { customer: readonly [Frame, ...Frame[]]; agent: Frame }>> = {
  en: {
    customer: [
      ['Hello,', 'Thanks,\n{name}'],
      ['Hi there,', 'Best,\n{name}'],
      ['Hello everybody,', 'Kind regards,\n{name}'],
      ['Dear Harbour Coffee team,', 'Best wishes,\n{name}'],
      ['Hi,', 'Many thanks in advance\n{name}'],
    ],
    agent: ['Hello {first},', 'Kind regards,\n{agent}\nHarbour Coffee Supply'],
  },
  de: {
    customer: [
      ['Guten Tag,', 'Mit freundlichen Grüßen\n{name}'],
      ['Hallo zusammen,', 'Viele Grüße\n{name}'],
      ['Moin,', 'Danke und Gruß\n{name}'],
    ],
    agent: ['Hallo {first},', 'herzliche Grüße\n{agent}\nHarbour Coffee Supply'],
  },
  fr: {
    customer: [
      ['Bonjour,', 'Cordialement,\n{name}'],
      ['Bonjour à toute l’équipe,', 'Merci d’avance et bonne journée,\n{name}'],
    ],
    agent: ['Bonjour {first},', 'Bien à vous,\n{agent}\nHarbour Coffee Supply'],
  },
  es: {
    customer: [
      ['Hola:', 'Un saludo,\n{name}'],
      ['Buenos días:', 'Muchas gracias,\n{name}'],
    ],
    agent: ['Hola, {first}:', 'Un cordial saludo,\n{agent}\nHarbour Coffee Supply'],
  },
  ar: {
    customer: [['السلام عليكم،', 'مع الشكر،\n{name}']],
    agent: ['مرحبًا {first}،', 'مع أطيب التحيات،\n{agent}\nHarbour Coffee Supply'],
  },
}

/** What an agent answers to somebody who had to write again. */
export const AFTERWARDS: Readonly<Record<Language, string>> = {
  en: 'I am sorry that you had to write again. I have taken this over myself, put it right this morning and checked the result twice. Should anything still be wrong, just answer this message: it comes straight to me.',
  de: 'es tut mir leid, dass Sie noch einmal schreiben mussten. Ich habe es selbst in die Hand genommen und das Ergebnis geprüft. Falls noch etwas nicht stimmt, antworten Sie einfach auf diese Nachricht.',
  fr: 'je suis navrée que vous ayez dû nous écrire à nouveau. J’ai repris le dossier et tout vérifié. Si quelque chose ne va toujours pas, répondez simplement à ce message.',
  es: 'Siento que haya tenido que escribirnos otra vez. Me he ocupado yo y lo he comprobado todo. Si algo sigue sin funcionar, responda a este mensaje.',
  ar: 'نعتذر عن اضطراركم للكتابة مرة أخرى. توليت الأمر بنفسي وتحققت من النتيجة. إن بقي أي شيء فيكفي الرد على هذه الرسالة.',
}
