declare module "libheif" {
  const create: unknown;
  export default create;
}
