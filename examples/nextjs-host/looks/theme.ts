import { createSystem, defaultConfig, defineConfig } from '@chakra-ui/react';

/** The colour of this application: change it here and the widget follows. */
const brand = {
  solid: { value: { _light: '{colors.teal.700}', _dark: '{colors.teal.300}' } },
  emphasized: { value: { _light: '{colors.teal.800}', _dark: '{colors.teal.200}' } },
  contrast: { value: { _light: '{colors.white}', _dark: '{colors.teal.950}' } },
  fg: { value: { _light: '{colors.teal.700}', _dark: '{colors.teal.300}' } },
  subtle: { value: { _light: '{colors.teal.100}', _dark: '{colors.teal.900}' } },
  muted: { value: { _light: '{colors.teal.200}', _dark: '{colors.teal.800}' } },
  focusRing: { value: { _light: '{colors.teal.600}', _dark: '{colors.teal.300}' } },
};

/**
 * The widget in this application's looks: each of its properties is one of Chakra's tokens. Tokens
 * are CSS variables that change with the colour mode, and they reach into the widget's shadow.
 */
const widget = {
  '--cp-color-bg': '{colors.bg.panel}',
  '--cp-color-surface': '{colors.bg.subtle}',
  '--cp-color-surface-raised': '{colors.bg.panel}',
  '--cp-color-surface-hover': '{colors.bg.emphasized}',
  '--cp-color-text': '{colors.fg}',
  '--cp-color-text-muted': '{colors.fg.muted}',
  '--cp-color-border': '{colors.border}',
  '--cp-color-border-strong': '{colors.gray.500}',
  '--cp-color-accent': '{colors.brand.solid}',
  '--cp-color-accent-hover': '{colors.brand.emphasized}',
  '--cp-color-accent-soft': '{colors.brand.subtle}',
  '--cp-color-accent-text': '{colors.brand.contrast}',
  '--cp-color-code-bg': '{colors.bg.muted}',
  '--cp-color-focus-ring': '{colors.brand.focusRing}',
  '--cp-radius-s': '{radii.sm}',
  '--cp-radius-m': '{radii.md}',
  '--cp-radius-l': '{radii.lg}',
  '--cp-font-sans': '{fonts.body}',
  '--cp-font-mono': '{fonts.mono}',
  // It fills the page below the navigation: no edge of its own.
  border: '0',
  borderRadius: '0',
};

export const theme = createSystem(
  defaultConfig,
  defineConfig({
    theme: {
      tokens: {
        // Fonts that are already there: nothing is fetched from elsewhere.
        fonts: {
          body: { value: 'ui-sans-serif, system-ui, sans-serif' },
          heading: { value: 'ui-sans-serif, system-ui, sans-serif' },
          mono: { value: 'ui-monospace, Menlo, Consolas, monospace' },
        },
      },
      semanticTokens: { colors: { brand } },
    },
    globalCss: {
      html: { colorPalette: 'brand' },
      body: { height: '100dvh', display: 'flex', flexDirection: 'column' },
      'chat-playground': widget,
    },
  }),
);
