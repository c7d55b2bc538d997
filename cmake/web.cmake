# The staff's web application: TypeScript, bundled by npm into web/dist/app, which
# `fazhi serve --web` sends. What npm installs is installed once, for the report's page
# (src/document/embed_script.cmake) too.
set(web ${PROJECT_SOURCE_DIR}/web)
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${web}/app/*.ts ${web}/app/*.tsx ${web}/app/*.css
    ${web}/app/*.html ${web}/app/*.svg ${web}/app/scripts/*.mjs)
list(FILTER web_sources EXCLUDE REGEX "\\.test\\.tsx?$|schema\\.gen\\.ts$")
add_custom_command(OUTPUT ${web}/dist/app/index.html
    COMMAND ${NPM} run app --prefix ${web} --silent
    DEPENDS ${web_sources} ${web}/package.json ${PROJECT_SOURCE_DIR}/src/http/api/schemas.yaml
            ${web}/node_modules/.package-lock.json
    COMMENT "Bundling the staff's application" VERBATIM)
add_custom_target(web_app ALL DEPENDS ${web}/dist/app/index.html)
add_dependencies(web_app document)
