/** The part of vega-lite-api that the tests use: the package has no types. */
declare module 'vega-lite-api' {
  interface Builder {
    data(values: object[]): Builder;
    encode(...channels: Builder[]): Builder;
    fieldQ(name: string): Builder;
    toSpec(): object;
  }
  export function markPoint(): Builder;
  export function markLine(): Builder;
  export function layer(...views: Builder[]): Builder;
  export function hconcat(...views: Builder[]): Builder;
  export function x(): Builder;
  export function y(): Builder;
}
