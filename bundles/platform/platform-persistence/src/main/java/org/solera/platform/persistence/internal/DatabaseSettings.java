// SPDX-License-Identifier: Apache-2.0
package org.solera.platform.persistence.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;
import org.solera.platform.api.PlatformError;
import org.solera.platform.api.SoleraException;
import org.solera.platform.api.settings.SettingField;
import org.solera.platform.api.settings.SettingField.Type;
import org.solera.platform.api.settings.SettingsSection;

/** Lets an administrator choose the database. Rows are not moved: a backup is taken before, and restored after. */
@Component
public final class DatabaseSettings implements SettingsSection {
    private static final String SERVER = "jdbc:postgresql:";

    @Override
    public String id() {
        return "database";
    }

    @Override
    public boolean ofOwners() {
        return true;
    }

    @Override
    public String title() {
        return "Database";
    }

    @Override
    public String titleZh() {
        return "数据库";
    }

    @Override
    public String pid() {
        return Persistence.PID;
    }

    @Override
    public List<SettingField> fields() {
        return List.of(
                new SettingField(
                        "url",
                        Type.TEXT,
                        "Address",
                        "地址",
                        "jdbc:postgresql://host:port/name; empty for the built-in database. Take a backup before"
                                + " and restore it after: rows are not moved.",
                        "jdbc:postgresql://主机:端口/库名；留空则使用内置数据库。更改前请备份，更改后再恢复：数据不会自动迁移。",
                        "",
                        0,
                        1024,
                        List.of()),
                new SettingField(
                        "user",
                        Type.TEXT,
                        "User",
                        "用户名",
                        "Owner of the database on the server.",
                        "该数据库在服务器上的所有者。",
                        "",
                        0,
                        256,
                        List.of()),
                new SettingField("password", Type.SECRET, "Password", "密码", "", "", "", 0, 1024, List.of()),
                new SettingField(
                        "poolSize",
                        Type.NUMBER,
                        "Connections",
                        "连接数",
                        "Calls that the database serves at the same time.",
                        "数据库同时处理的调用数。",
                        "8",
                        2,
                        64,
                        List.of()));
    }

    @Override
    public void check(Map<String, Object> values) throws SoleraException {
        String url = text(values, "url");
        if (!url.isEmpty() && !url.startsWith(SERVER)) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The address of the database does not begin with " + SERVER + ".",
                    "Write jdbc:postgresql://host:port/name, or leave it empty.",
                    null);
        }
    }

    @Override
    public boolean testable() {
        return true;
    }

    @Override
    public String test(Map<String, Object> values) throws SoleraException {
        check(values);
        String url = text(values, "url");
        if (url.isEmpty()) {
            return "The built-in database needs no test.";
        }
        ServerSource source = new ServerSource(url, text(values, "user"), text(values, "password"), Limits.PROMISED);
        try (Connection connection = source.connections().getConnection()) {
            return "Signed in to %s %s."
                    .formatted(
                            connection.getMetaData().getDatabaseProductName(),
                            connection.getMetaData().getDatabaseProductVersion());
        } catch (SQLException failure) {
            throw new SoleraException(
                    PlatformError.INVALID_REQUEST,
                    "The database does not let us in: " + failure.getMessage(),
                    "Correct the address, the user or the password.",
                    failure);
        }
    }

    private static String text(Map<String, Object> values, String key) {
        return values.get(key) instanceof String text ? text : "";
    }
}
