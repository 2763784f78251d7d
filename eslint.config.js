import js from '@eslint/js';
import { configs as lit } from 'eslint-plugin-lit';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const packageSources = ['packages/*/src/**/*.ts'];
const testFiles = ['**/*.test.ts', '**/test-support/**', '**/*-contract.ts', 'e2e/**'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.cache/**',
      '**/.wireit/**',
      '**/node_modules/**',
      '**/data/**',
      '**/coverage/**',
      '**/.next/**',
      '**/next-env.d.ts',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strict,
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always'],
      'max-depth': ['error', 3],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  {
    files: packageSources,
    ignores: testFiles,
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      // Whoever else wants the environment asks config.ts for it.
      'no-restricted-properties': ['error', { object: 'process', property: 'env' }],
    },
  },
  { files: ['packages/server/src/config.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['packages/widget/**/*.ts'],
    ...lit['flat/recommended'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    // Command-line programs talk through the console.
    files: ['scripts/**', 'bench/**', 'examples/**', '.ci/**', 'e2e/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: testFiles,
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      // How a fixture says that it needs no other.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
);
