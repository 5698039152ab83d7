import i18next, { type TFunction } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type en from './locales/en.json'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof en }
  }
}

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

const STORAGE_KEY = 'tessera.language'

const LOADERS: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('./locales/en.json'),
  de: () => import('./locales/de.json'),
}

/** Loads the one language in use, so that nobody downloads the others. */
export async function startI18n(): Promise<void> {
  const language = chosenLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    interpolation: { escapeValue: false },
    resources: { [language]: { translation: (await LOADERS[language]()).default } },
  })
  document.documentElement.lang = language
}

export async function changeLanguage(language: Language): Promise<void> {
  i18next.addResourceBundle(language, 'translation', (await LOADERS[language]()).default)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  localStorage.setItem(STORAGE_KEY, language)
}

function chosenLanguage(): Language {
  const wishes = [localStorage.getItem(STORAGE_KEY), ...navigator.languages]
  for (const wish of wishes) {
    const language = wish?.slice(0, 2).toLowerCase()
    if (language && isLanguage(language)) return language
  }
  return 'en'
}

export function isLanguage(value: string): value is Language {
  return Object.hasOwn(LANGUAGES, value)
}

export type Translate = TFunction
