import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const lapis: MantineColorsTuple = [
  '#eef1fd',
  '#dbe1fa',
  '#b6c2f4',
  '#8fa1ee',
  '#7089e9',
  '#5670e0',
  '#4763d8',
  '#3452c7',
  '#2b45ab',
  '#21368a',
]

/** Mantine draws fields, menus and their borders from these two: ours (tokens.css), with borders one can see. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f3f1ee',
  '#e7e4df',
  '#d8d4ce',
  '#928d86',
  '#7d7871',
  '#6c6760',
  '#57534d',
  '#3a3733',
  '#1d1c1a',
]
const dark: MantineColorsTuple = [
  '#ececef',
  '#c9cbd2',
  '#b0b3bc',
  '#959aa5',
  '#6f737f',
  '#22242b',
  '#1b1d22',
  '#17181d',
  '#111216',
  '#0c0d10',
]

const FONT =
  "Inter, -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', Ubuntu, Cantarell, 'Helvetica Neue', Arial, sans-serif"
const MONO = "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'Liberation Mono', monospace"

export const theme = createTheme({
  colors: { lapis, gray, dark },
  primaryColor: 'lapis',
  primaryShade: { light: 7, dark: 6 },
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontWeights: { medium: '500' },
  headings: { fontFamily: FONT, fontWeight: '600' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.45', xl: '1.3' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Modal: {
      defaultProps: { centered: true, transitionProps: { duration: 120 } },
      styles: { title: { fontWeight: 600 } },
    },
    Drawer: { defaultProps: { transitionProps: { duration: 160 } }, styles: { title: { fontWeight: 600 } } },
    // Its placeholder for the first focus is no child that ARIA allows in a menu; the first item takes the focus.
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
  },
})

/** Mantine takes its own surfaces from our tokens (tokens.css), so that there is one palette. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: ownSurfaces,
  dark: ownSurfaces,
})

const ownSurfaces = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-control)',
  '--mantine-color-error': 'var(--red)',
  '--mantine-color-disabled': 'var(--grey-soft)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'var(--line)',
}
