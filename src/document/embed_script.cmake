# embed_script(<target> <source>): bundles web/report-page (TypeScript, npm) into one script and
# writes it into the C++ source, which joins the target. What npm installs stays in
# web/node_modules.
find_program(NPM npm REQUIRED)

function(embed_script target source)
    set(web ${PROJECT_SOURCE_DIR}/web)
    set(installed ${web}/node_modules/.package-lock.json)
    set(script ${PROJECT_BINARY_DIR}/web/report_page.js)
    file(GLOB pages CONFIGURE_DEPENDS ${web}/report-page/*.ts)
    list(FILTER pages EXCLUDE REGEX "\\.test\\.ts$")
    add_custom_command(OUTPUT ${installed}
        COMMAND ${NPM} ci --prefix ${web} --ignore-scripts --no-audit --no-fund --loglevel=error
        DEPENDS ${web}/package.json ${web}/package-lock.json
        COMMENT "Installing what the web is built with (npm)" VERBATIM)
    add_custom_command(OUTPUT ${script}
        COMMAND ${NPM} run report-page --prefix ${web} --silent --
            --outDir ${PROJECT_BINARY_DIR}/web --logLevel warn
        DEPENDS ${pages} ${installed}
        COMMENT "Bundling the report's page" VERBATIM)
    add_custom_command(OUTPUT ${source}
        COMMAND ${CMAKE_COMMAND} -D script=${script} -D source=${source}
            -P ${CMAKE_CURRENT_SOURCE_DIR}/write_script.cmake
        DEPENDS ${script} ${CMAKE_CURRENT_SOURCE_DIR}/write_script.cmake
        COMMENT "Embedding the report's page" VERBATIM)
    target_sources(${target} PRIVATE ${source})
endfunction()
