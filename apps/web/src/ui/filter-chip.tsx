import { Menu, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './filter-chip.module.css'

export interface FilterOption<T extends string> {
  value: T
  label: string
  /** Shown in the menu in place of the bare label. */
  face?: ReactNode
}

interface FilterChipProps<T extends string> {
  label: string
  options: readonly FilterOption<T>[]
  chosen: readonly T[]
  /** Several at once, or one that replaces the other. */
  single?: boolean
  onChange: (chosen: T[]) => void
}

/** A filter that says what it filters by, and can be taken off by its cross. */
export function FilterChip<T extends string>({ label, options, chosen, single, onChange }: FilterChipProps<T>) {
  const { t } = useTranslation()
  const on = chosen.length > 0
  const names = options.filter(({ value }) => chosen.includes(value)).map((option) => option.label)

  function toggle(value: T) {
    if (chosen.includes(value)) onChange(chosen.filter((one) => one !== value))
    else onChange(single ? [value] : [...chosen, value])
  }

  return (
    <span className={classes.chip} data-on={on || undefined}>
      <Menu position="bottom-start">
        <Menu.Target>
          <UnstyledButton className={classes.face}>
            <span className={classes.label}>{on ? `${label}:` : label}</span>
            {on && <span className={classes.value}>{names.join(', ')}</span>}
            {!on && <IconChevronDown size={14} aria-hidden className={classes.caret} />}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {options.map(({ value, label: name, face }) => (
            <Menu.CheckboxItem
              key={value}
              checked={chosen.includes(value)}
              onChange={() => toggle(value)}
              closeMenuOnClick={single === true}
            >
              {face ?? name}
            </Menu.CheckboxItem>
          ))}
        </Menu.Dropdown>
      </Menu>
      {on && (
        <UnstyledButton
          className={classes.clear}
          aria-label={t('filter.clear', { label })}
          onClick={() => onChange([])}
        >
          <IconX size={13} aria-hidden />
        </UnstyledButton>
      )}
    </span>
  )
}
